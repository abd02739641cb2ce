"""Pages are valid HTML: html-validate finds nothing that is not listed here with its reason."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.conftest import PROJECT
from tests.lengths import LONG
from tests.pages import parse_page
from tests.sharing import build_second_pages

LEFT_OUT = {
    "doctype-style": "capitals or not is taste; HTML takes both",
    "long-title": "taste; titles name the page first",
    "no-redundant-role": "tables that become blocks on a phone lose their meaning without roles",
    "no-trailing-whitespace": "the theme's templates leave blank lines; no reader gets them",
    "prefer-native-element": "a box that scrolls is named as a region without being a section",
    "presentation-role-style": "the theme's word; it means the same as none",
    "wcag/h32": "the forms of search and colours are switches that send nothing",
}
"""Rules that are not asked, and why."""
ALLOWED = {
    ("input-attributes", "autocomplete"): "keeps Firefox from opening a menu or a choice again",
    ("valid-autocomplete", "autocomplete"): "the same",
    ("unique-landmark", "Landmarks"): "the theme writes a page's parts twice and shows them once",
}
"""What is found and stays: by rule and a word of the message."""
CONFIG = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "elements": ["html5"],
    "rules": {**dict.fromkeys(LEFT_OUT, "off"), "valid-id": ["error", {"relaxed": True}]},
}


def judge(pages: list[Path]) -> list[dict[str, Any]]:
    """What html-validate finds in pages."""
    search = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])
    node = shutil.which("node", path=search)
    assert node is not None, "run make test, which installs Node.js"
    command = [node, str(PROJECT / "tests" / "markup.mjs"), json.dumps(CONFIG), *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def explain(fault: dict[str, Any]) -> str:
    """Why a fault stays, or nothing."""
    reasons = (
        reason
        for (rule, word), reason in ALLOWED.items()
        if rule == fault["rule"] and word in fault["message"]
    )
    return next(reasons, "")


EMBEDS = 1 if LONG else 8
"""Of how many figures one is judged alone as well: on its page each is, and the frame is one."""


def list_pages(site: Path, embeds: int = 1) -> list[Path]:
    """Every page of a site but for `latest`, which is a copy; of figures alone every so many."""
    pages = sorted(p for p in site.rglob("*.html") if "latest" not in p.relative_to(site).parts)
    alone = [page for page in pages if "embed" in page.parts]
    return [page for page in pages if page not in {*alone} - {*alone[::embeds]}]


def test_the_judge_finds_what_is_wrong(tmp_path: Path) -> None:
    """A page with a known fault of each of four kinds."""
    page = tmp_path / "wrong.html"
    page.write_text(
        '<!doctype html>\n<html lang="en"><head><title>Wrong</title></head><body>\n'
        '<p><div>a block in a paragraph</div></p>\n<b id="x">one</b><b id="x">two</b>\n'
        '<img src="x.png">\n<label tabindex="">none</label>\n</body></html>\n',
        encoding="utf-8",
    )

    rules = {fault["rule"] for fault in judge([page]) if not explain(fault)}

    assert {"no-implicit-close", "no-dup-id", "wcag/h37", "attribute-allowed-values"} <= rules


def test_every_page_of_every_edition_is_valid(built_site: Path) -> None:
    """Nothing is found that the list does not explain, and the list explains nothing in vain."""
    pages = list_pages(built_site, EMBEDS)
    faults = judge(pages)

    unexplained = [
        f"{Path(f['page']).relative_to(built_site)}:{f['line']}: {f['rule']}: {f['message']}"
        for f in faults
        if not explain(f)
    ]
    assert len(pages) > 50
    assert unexplained == []
    assert {explain(fault) for fault in faults} == set(ALLOWED.values())


def test_another_report_gets_valid_pages_too(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """One language, other kinds of pages, no measures: forms fill otherwise."""
    site = build_second_pages(tmp_path_factory)

    assert [fault for fault in judge(list_pages(site)) if not explain(fault)] == []


def test_the_statement_names_the_programs_that_are_locked() -> None:
    """The page on accessibility says which versions judged it; a newer one changes both."""
    locked = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    said = (PROJECT / "templates" / "pages" / "accessibility.md.jinja").read_text(encoding="utf-8")

    for name in ("axe-core", "html-validate"):
        assert f"{name} {locked[name]}" in said


SCRIPTS = {
    "Cyrillic": (re.compile(r"[\u0400-\u04ff]"), {"ru"}),
    "Han": (re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), {"zh", "ko"}),  # Korean titles hold some
}
"""Letters of another script, and the languages that they may be said to be in."""
FILE_NAME = re.compile(r"\(\S+\.xlsx\)")
"""The name of a file is a name: WCAG 3.1.2 excepts those."""


def list_unmarked(page: bytes) -> list[str]:
    """Words in another script whose language nothing around them tells, in a page or a drawing."""
    found = []
    for element in parse_page(page).iter():
        if element.tag in {"script", "style"}:
            continue
        pieces = [(element, element.text), (element.getparent(), element.tail)]
        pieces += [(element, element.get(name)) for name in ("title", "aria-label", "alt")]
        for holder, words in pieces:
            if not words or words.isascii():
                continue
            for letters, languages in SCRIPTS.values():
                if letters.search(FILE_NAME.sub("", words)):
                    found += [] if tell_language(holder) in languages else [words.strip()]
    return found


def tell_language(element: HtmlElement | None) -> str:
    """The language that the nearest element around says, without its region or script."""
    while element is not None:
        if language := element.get("lang"):
            return str(language).partition("-")[0]
        element = element.getparent()
    return ""


def test_foreign_words_without_a_language_are_found() -> None:
    """In text, after an element, in a name and in a drawing; not where the language is told."""
    page = (
        '<html lang="en"><meta charset="utf-8"><body><p>Река <b lang="ru">Нил</b> 河流</p>'
        '<img alt="Мост">'
        "<svg><text>桥梁</text></svg>"
        '<p lang="zh-Hans">河流 <i>桥梁</i></p><p>(страны122023.xlsx)</p></body></html>'
    )

    assert list_unmarked(page.encode()) == ["Река", "河流", "Мост", "桥梁"]


def test_foreign_words_say_which_language_they_are_in(built_site: Path) -> None:
    """Titles of sources, names of bodies and letters of drawings, on every page (WCAG 3.1.2)."""
    found = {
        f"{page.relative_to(built_site)}: {words}"
        for page in list_pages(built_site)
        for words in list_unmarked(page.read_bytes())
    }

    assert found == set()
