"""Rendering by the real renderer, kept few, and the finishing of its pages."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report import site
from report.inventories import take_inventory
from report.links import find_faults
from report.policies import add_policy
from report.problems import WriteFailed
from report.remembering import Memory
from report.renderer import Renderer
from report.site import SiteSource, _hold_title, finish_pages, start_render, write_versions
from report.stylesheets import join_styles
from report.takeovers import Below, find_earlier
from report.writing import write_files
from tests.rivers import NAME, SETTINGS, THEME, make_source
from tests.trees import read_tree

FIGURE = (
    '<figure><svg><path d="M0 0"/></svg><figcaption>\\1 \\g<0> &lt;div&gt;</figcaption></figure>'
)
"""A figure's HTML with what a careless replacement would take for its own marks."""
IDLE: Any = None
"""A renderer that is never asked."""


def render(source: SiteSource, workspace: Path) -> Path:
    """The rendered folder of a source, with its one figure in place."""
    with Renderer("mkdocs") as mkdocs:
        rendered = start_render(mkdocs, source, SETTINGS, THEME, workspace)
        mkdocs.wait()
    finish_pages(rendered, source, {"": {"flow": FIGURE}})
    return rendered


@pytest.fixture(scope="module", name="rendered")
def _rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as it is published: edition, latest and a front door, rendered once for all tests."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "site" / "en").mkdir(parents=True)
    render(make_source(), folder / "work").rename(folder / "site" / "en" / "2026")
    shutil.copytree(folder / "site" / "en" / "2026", folder / "site" / "en" / "latest")
    (folder / "site" / "index.html").write_text('<h1>Rivers</h1><a href="en/2026/">2026</a>')
    return folder / "site"


def read(rendered: Path, page: str) -> str:
    """The HTML of a page of the edition."""
    return (rendered / "en" / "2026" / page / "index.html").read_text(encoding="utf-8")


# The renderer.


def test_the_rendered_site_has_no_fault(rendered: Path) -> None:
    """Pages in three scripts, a table and a figure: every link leads somewhere on this host."""
    assert find_faults(rendered, "/rivers/") == []


def test_pages_say_their_language_and_address(rendered: Path) -> None:
    """The page of `latest` names the edition's own page as the one to cite."""
    address = '<link rel="canonical" href="https://example.org/rivers/en/2026/lists/long/">'

    assert '<html lang="en"' in read(rendered, "lists/long")
    assert address in read(rendered, "lists/long")
    copy = rendered / "en" / "latest" / "lists" / "long" / "index.html"
    assert address in copy.read_text(encoding="utf-8")


def test_no_title_is_markup(rendered: Path) -> None:
    """The theme puts titles into elements and attributes as they are, so they come escaped."""
    page = read(rendered, "lists/long")
    names = set(re.findall(r'<a [^>]*aria-label="(Rivers[^"]*)"', page))

    assert {html.unescape(name) for name in names} == {NAME}
    assert "<b id" not in page
    assert html.unescape(re.findall(r"<title>(.*?)</title>", page)[0]) == f"Long - {NAME}"


def test_navigation_shows_every_page_on_every_page(rendered: Path) -> None:
    """From anywhere a reader sees all sections, the way back up, and the pages before and after."""
    page = read(rendered, "lists/long")

    for words in ("Home", "Река", "Lists", "Long"):
        assert re.search(rf'class="md-ellipsis">\s*{words}\s*</span>', page), words
    assert 'class="md-path"' in page
    assert 'class="md-footer__link md-footer__link--prev"' in page


def test_what_is_wrong_below_a_folder_is_gone(rendered: Path) -> None:
    """No second 404 page or site map, no image of the theme, no source map is published."""
    edition = rendered / "en" / "2026"

    for name in (*site.UNWANTED, "assets/images"):
        assert not (edition / name).exists()
    assert list(edition.rglob("*.map")) == []
    code = b"".join(path.read_bytes() for path in edition.rglob("*.js"))
    assert b"sourceMappingURL" not in code


def test_numbers_stand_at_the_right_without_a_style_attribute(rendered: Path) -> None:
    """The policy forbids style attributes, so a column's side is a class."""
    assert '<td class="align-right">1</td>' in read(rendered, "lists")


def test_figures_do_not_reach_the_search(rendered: Path) -> None:
    """The index holds words and no drawing."""
    index = json.loads((rendered / "en/2026/search/search_index.json").read_text("utf-8"))

    text = json.dumps(index, ensure_ascii=False)
    assert "Вода течёт" in text
    assert "figcaption" not in text
    assert "M0 0" not in text


def test_a_figure_stands_in_its_place_as_it_is(rendered: Path) -> None:
    """No part of a figure is read as Markdown or as a pattern, and code that shows one stays."""
    page = read(rendered, "")
    assert f"<p>Words.</p>\n{FIGURE}\n\n<p>More words.</p>" in page
    assert "data-figure" not in page
    assert '<code>&lt;div data-figure="code"&gt;' in read(rendered, "lists/long")


def test_the_policy_names_every_inline_script_and_nothing_more(rendered: Path) -> None:
    """Each page opens with its policy; a script planted later would not run."""
    for path in sorted((rendered / "en").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        policy = re.search(r'<head>\s*<meta charset="utf-8"><meta http-equiv="([^>]*)">', page)
        assert policy is not None, path
        scripts = set(re.findall(r"<script>(.*?)</script>", page, re.DOTALL))
        assert policy[1].count("'sha256-") == len(scripts)
        assert "unsafe" not in policy[1]
        assert "http:" not in policy[1]
        assert " onload=" not in page


def test_a_script_among_the_words_is_not_allowed_to_run() -> None:
    """Only the theme's own scripts are named by the policy."""
    page = '<meta charset="utf-8"><script>a</script><article><script>b</script></article>'

    # Of `a` alone: base64(sha256("a")).
    assert "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='" in add_policy(page)
    assert add_policy(page).count("sha256-") == 1


def test_another_clock_zone_and_hash_seed_give_the_same_bytes(
    rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the machine gets into a page: another folder, zone, language and seed."""
    for name, value in (("TZ", "Asia/Tokyo"), ("LC_ALL", "C"), ("PYTHONHASHSEED", "7")):
        monkeypatch.setenv(name, value)

    again = render(make_source(), tmp_path / "elsewhere" / "deep")

    edition = rendered / "en" / "2026"
    files = sorted(p.relative_to(edition) for p in edition.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    differing = [f for f in files if (edition / f).read_bytes() != (again / f).read_bytes()]
    assert differing == []


@pytest.mark.parametrize(
    "text", ["- x\n", "site_name: x\n", "theme: [\n", "theme: material\n", "\t", "é\x00"]
)
def test_settings_that_are_none_are_said(tmp_path: Path, text: str) -> None:
    """A broken mkdocs.yml is named."""
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")

    with pytest.raises(WriteFailed, match=r"mkdocs\.yml: these are no settings of the renderer"):
        start_render(IDLE, make_source(), tmp_path / "mkdocs.yml", THEME, tmp_path / "w")


def test_missing_settings_are_said(tmp_path: Path) -> None:
    """A mkdocs.yml that is not there is named too."""
    with pytest.raises(WriteFailed, match=r"mkdocs\.yml: No such file"):
        start_render(IDLE, make_source(), tmp_path / "mkdocs.yml", THEME, tmp_path / "w")


# Finishing.


def finish(tmp_path: Path, html: str, figures: Mapping[str, Mapping[str, str]]) -> str:
    """The page `x/` after finishing."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "index.html").write_text(html, encoding="utf-8")
    finish_pages(tmp_path, make_source(files={}), figures)
    return (tmp_path / "x" / "index.html").read_text(encoding="utf-8")


PLACE = '<div data-figure="{}"></div>'


def test_a_place_left_over_ends_the_build(tmp_path: Path) -> None:
    """No page goes out with a hole."""
    with pytest.raises(WriteFailed, match=r"x/index\.html: there is no figure 'b' for its place"):
        finish(tmp_path, PLACE.format("a") + PLACE.format("b"), {"x/": {"a": "A"}})


def test_a_place_given_twice_ends_the_build(tmp_path: Path) -> None:
    """A figure stands once: its ids would be there twice."""
    with pytest.raises(WriteFailed, match="there is no figure 'a' for its place"):
        finish(tmp_path, PLACE.format("a") * 2, {"x/": {"a": "A"}})


def test_a_figure_without_place_ends_the_build(tmp_path: Path) -> None:
    """No figure is drawn for nothing."""
    with pytest.raises(WriteFailed, match=r"x/index\.html: no place for the figure a, b"):
        finish(tmp_path, "<p>x</p>", {"x/": {"a": "A", "b": "B"}})


def test_a_figure_of_a_page_that_is_not_there_ends_the_build(tmp_path: Path) -> None:
    """A wrong address is no reason to drop a figure silently."""
    with pytest.raises(WriteFailed, match=r"pages that do not exist: \['y/'\]"):
        finish(tmp_path, "<p>x</p>", {"y/": {"a": "A"}})


def test_a_place_inside_a_figure_is_only_text(tmp_path: Path) -> None:
    """A figure's HTML is not looked through for more places."""
    inner = PLACE.format("b")

    assert finish(tmp_path, PLACE.format("a"), {"x/": {"a": inner}}) == inner


def test_versions_are_told_newest_first(tmp_path: Path) -> None:
    """The list that the version menu reads, in the same order whatever came first."""
    editions = [("2025", "2025 edition"), ("2026", "2026 edition"), ("2025-r1", "revised")]
    write_versions(tmp_path, editions, "2026")

    told = json.loads((tmp_path / "versions.json").read_text())
    assert told == [
        {"version": "2026", "title": "2026 edition", "aliases": ["latest"]},
        {"version": "2025-r1", "title": "revised", "aliases": []},
        {"version": "2025", "title": "2025 edition", "aliases": []},
    ]


# The settings.


def test_the_settings_ask_for_nothing_that_reads_text_again() -> None:
    """No plugin but search, no hook, no snippets and no macros; no font of another host."""
    settings = YAML(typ="safe", pure=True).load(SETTINGS.read_text(encoding="utf-8"))

    assert settings["plugins"] == ["search"]
    assert "hooks" not in settings
    assert settings["theme"]["font"] is False
    names = [n if isinstance(n, str) else next(iter(n)) for n in settings["markdown_extensions"]]
    assert not [name for name in names if "snippets" in name or "macros" in name]
    for group in settings["validation"].values():
        assert set(group.values()) == {"warn"}
    assert "navigation.instant" not in settings["theme"]["features"]


@pytest.mark.parametrize(
    ("address", "fitted"),
    [
        ('<a href="../data/#a">', '<a href="data/#a">'),
        ('<img src="../../x.svg">', '<img src="../x.svg">'),
        ('<a href="./#a">', '<a href="#a">'),
        ('<a href="./">', '<a href="a/">'),
        ('<a href="#a">', '<a href="#a">'),
        ('<a href="https://a.test/../b">', '<a href="https://a.test/../b">'),
        ("[a](../data/)", "[a](data/)"),
        ("[a](../status/scale.md#b)", "[a](../status/scale.md#b)"),
        ("so ../ it stands", "so ../ it stands"),
        ('<a href="pages.csl.json">', '<a href="a/pages.csl.json">'),
        ("[a](b.md)", "[a](b.md)"),
        ('<a href="mailto:a@b.test">', '<a href="mailto:a@b.test">'),
    ],
)
def test_a_renderer_that_moves_addresses_is_given_them_moved_back(
    address: str, fitted: str
) -> None:
    """Zensical puts one folder up before addresses of pages that have a folder of their own."""
    assert site._fit_addresses("zensical", "pathways/a.md", address) == fitted
    assert site._fit_addresses("zensical", "pathways/index.md", address) == address
    assert site._fit_addresses("mkdocs", "pathways/a.md", address) == address


# What is known of finished pages.

PAGE = (
    '<html><head><meta charset="utf-8"><meta name="head">'
    '<link rel="stylesheet" href="../assets/a.css">\n<link rel="stylesheet" href="../assets/b.css">'
    f"</head><body><h1>{_hold_title('A & B')}</h1>"
    '<nav class="md-path" aria-label="x"></nav><div data-figure="flow"></div></body></html>'
)


@dataclass
class Desk:
    """Pages finished over and over, each time as if the site before held the last ones."""

    folder: Path
    memory: Memory = field(default_factory=Memory)
    finished: list[str] = field(default_factory=list)
    """Addresses of pages that were finished since, and not taken over."""

    def finish(self, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> dict[str, bytes]:
        """Two pages, some of what they are made from changed; gives the finished files."""
        given: dict[str, Any] = {
            "html": PAGE,
            "figure": "<svg/>",
            "head": "<meta>",
            "title": "A & B",
            "words": {},
        }
        given |= {"sheet": b"p{color:red}", **changes}
        site, rendered = self.folder / "site", self.folder / f"new{len(self.finished)}"
        earlier = find_earlier(site, take_inventory(site).sums if site.is_dir() else None)
        pages = {"x/index.html": given["html"].encode(), "y/index.html": PAGE.encode()}
        write_files(rendered / "en/2026", pages)
        source = make_source(
            titles={"x.md": given["title"], "y.md": "A & B"},
            heads={"x/": given["head"]},
            files={"assets/a.css": given["sheet"], "assets/b.css": b"b{color:blue}"},
            extra={"words": given["words"]},
        )
        figures = {"x/": {"flow": given["figure"]}, "y/": {"flow": "<svg/>"}}
        join = join_styles

        def note(html: str, address: str, read: Any) -> Any:
            self.finished.append(address)
            return join(html, address, read)

        with monkeypatch.context() as patch:
            patch.setattr("report.site.join_styles", note)
            finish_pages(
                *(rendered / "en/2026", source, figures),
                Below(earlier, "en/2026"),
                self.memory,
            )
        packed = self.memory.settle()
        self.memory = Memory(packed) if packed else self.memory
        shutil.rmtree(site, ignore_errors=True)
        rendered.rename(site)
        return read_tree(site)


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({}, []),
        ({"html": PAGE.replace("<h1>", "<h1>More ")}, ["x/"]),
        ({"figure": "<svg><path/></svg>"}, ["x/"]),
        ({"head": "<meta lang>"}, ["x/"]),
        ({"title": "A & C"}, ["x/", "y/"]),
        ({"words": {"You are here": "Trail"}}, ["x/", "y/"]),
        ({"sheet": b"p{color:green}"}, ["x/", "y/"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_page_is_finished_again_where_anything_of_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], again: list[str]
) -> None:
    """And is then what it would be if nothing were known.

    The first of those that share a sheet of styles is finished in every run, for the sheet.
    """
    desk = Desk(tmp_path / "kept")
    desk.finish(monkeypatch)
    desk.finished.clear()
    known = desk.finish(monkeypatch, **changes)
    fresh = Desk(tmp_path / "fresh").finish(monkeypatch, **changes)

    assert known == fresh
    assert {*desk.finished} == {"x/", *again}
