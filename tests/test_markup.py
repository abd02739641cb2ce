"""Pages are valid HTML: html-validate finds nothing that is not listed here with its reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT

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


def list_pages(site: Path) -> list[Path]:
    """Every page of a site but for `latest`, which is a copy."""
    return sorted(p for p in site.rglob("*.html") if "latest" not in p.relative_to(site).parts)


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
    pages = list_pages(built_site)
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
    site = tmp_path_factory.mktemp("second") / "site"
    command = [sys.executable, "build.py", "site", "--pages-only"]
    command += ["--root", "tests/second_report", "--site-dir"]
    done = subprocess.run(
        [*command, str(site)], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert done.returncode == 0, done.stdout + done.stderr

    assert [fault for fault in judge(list_pages(site)) if not explain(fault)] == []


def test_the_statement_names_the_programs_that_are_locked() -> None:
    """The page on accessibility says which versions judged it; a newer one changes both."""
    locked = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    said = (PROJECT / "templates" / "pages" / "accessibility.md.jinja").read_text(encoding="utf-8")

    for name in ("axe-core", "html-validate"):
        assert f"{name} {locked[name]}" in said
