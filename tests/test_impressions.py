"""Pages that the renderer need not make again are those that it would make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from report.impressions import Impressions
from report.problems import WriteFailed
from report.renderer import Renderer
from report.site import SiteSource, end_render, start_render
from tests.rivers import NAVIGATION, SETTINGS, THEME, TITLES, WORDS, make_source

CHANGED = {**WORDS, "lists/long.md": "# Long\n\nOther words on [the river](../reka.md#_1).\n"}


@pytest.fixture(scope="module", name="mkdocs")
def _mkdocs() -> Iterator[Renderer]:
    with Renderer("mkdocs") as renderer:
        yield renderer


def render(mkdocs: Renderer, source: SiteSource, work: Path, kept: Path | None) -> dict[str, bytes]:
    """Each file that the renderer makes of a source, by path, but for the index of its search."""
    impressions = Impressions(kept, "mkdocs", source.clock) if kept else None
    rendered = start_render(mkdocs, source, SETTINGS, THEME, work, impressions)
    (work / "before").write_text("\n".join(list_pages(rendered)))
    end_render(mkdocs, rendered, impressions)
    return {
        path.relative_to(rendered).as_posix(): path.read_bytes()
        for path in sorted(rendered.rglob("*"))
        if path.is_file() and path.suffix != ".gz" and path.name != "search_index.json"
    }


def list_pages(rendered: Path) -> list[str]:
    """The address of each page and when it was written."""
    return [
        f"{page.relative_to(rendered).as_posix()} {page.stat().st_mtime_ns}"
        for page in rendered.rglob("index.html")
    ]


def list_rendered(work: Path) -> set[str]:
    """Pages that the renderer wrote, other than those that lay there when it began."""
    before = (work / "before").read_text().split("\n")
    written = {*list_pages(work / "rendered")} - {*before}
    return {page.partition("index.html")[0] for page in written}


@pytest.fixture(scope="module", name="kept")
def _kept(mkdocs: Renderer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of the first run."""
    kept = tmp_path_factory.mktemp("kept")
    render(mkdocs, make_source(), kept / "work", kept / "pages")
    return kept / "pages"


def test_pages_of_another_renderer_are_not_taken(kept: Path, tmp_path: Path) -> None:
    """What it would make of the same documents may differ."""
    source, keys = make_source(), {}
    for name in ("mkdocs", "another"):
        impressions = Impressions(kept, name, source.clock)
        impressions.lay(source.documents, b'{"nav": []}', THEME, tmp_path / name)
        keys[name] = set(impressions._keys.values())

    assert len(keys["mkdocs"]) == len(source.documents)
    assert keys["mkdocs"].isdisjoint(keys["another"])


@pytest.mark.parametrize(
    "words",
    [WORDS, CHANGED, {**WORDS, "index.md": "# Rivers\n\n## New\n\nWords.\n"}],
    ids=["nothing", "a page", "the first page"],
)
def test_a_sparing_run_gives_the_same_bytes(
    mkdocs: Renderer, kept: Path, tmp_path: Path, words: Mapping[str, str]
) -> None:
    """Pages, map of the site and assets, whichever pages have changed."""
    source = make_source(words)
    whole = render(mkdocs, source, tmp_path / "whole", None)
    spared = render(mkdocs, source, tmp_path / "spared", kept)

    assert spared == whole


def test_only_what_has_changed_is_rendered(mkdocs: Renderer, kept: Path, tmp_path: Path) -> None:
    """One page of four; then, of the same words, none."""
    words = {**WORDS, "reka.md": "# Река Нил\n\nДругие слова.\n"}
    render(mkdocs, make_source(words), tmp_path / "first", kept)
    render(mkdocs, make_source(words), tmp_path / "second", kept)

    assert list_rendered(tmp_path / "first") == {"reka/"}
    assert list_rendered(tmp_path / "second") == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Streams"},
        {"clock": 1_764_028_801},
        {"extra": {"words": {"Search": "Find"}}},
        {"navigation": [*NAVIGATION[:1], {"Nile": "reka.md"}, *NAVIGATION[2:]]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_all_pages_show_renders_all(
    mkdocs: Renderer, kept: Path, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """The name of the site, the time, words of the theme, and the navigation."""
    source = make_source(**changes)
    spared = render(mkdocs, source, tmp_path / "spared", kept)

    assert list_rendered(tmp_path / "spared") == {"", "reka/", "lists/", "lists/long/"}
    if "clock" not in changes:
        assert spared == render(mkdocs, source, tmp_path / "whole", None)


def test_a_page_that_others_may_show_something_of_spares_none(
    mkdocs: Renderer, kept: Path, tmp_path: Path
) -> None:
    """A document with metadata, or one whose title only the renderer can tell."""
    for number, head in enumerate(["---\ntitle: Other\n---\n# Lists\n", "# *Lists*\n"]):
        titles = {name: title for name, title in TITLES.items() if name != "lists/index.md"}
        source = make_source({**WORDS, "lists/index.md": head}, titles=titles)
        for run in ("first", "second"):
            work = tmp_path / f"{run}-{number}"
            spared = render(mkdocs, source, work, kept)
            assert list_rendered(work) == {"", "reka/", "lists/", "lists/long/"}
        assert spared == render(mkdocs, source, tmp_path / f"whole-{number}", None)


def test_a_harmed_page_is_rendered_again(mkdocs: Renderer, tmp_path: Path) -> None:
    """Whatever became of the folder in which pages are kept."""
    whole = render(mkdocs, make_source(), tmp_path / "first", tmp_path / "kept")
    for number, place in enumerate(sorted((tmp_path / "kept").rglob("*.page"))):
        place.write_bytes([b"", place.read_bytes()[:-1], place.read_bytes()][number % 3])

    assert render(mkdocs, make_source(), tmp_path / "second", tmp_path / "kept") == whole


def test_a_sparing_run_is_as_strict(mkdocs: Renderer, kept: Path, tmp_path: Path) -> None:
    """What the renderer warns of stops the run, as it does where all pages are rendered."""
    source = make_source({**WORDS, "reka.md": "# Река\n\n[Away](nowhere.md)\n"})
    for name, folder in (("whole", None), ("spared", kept)):
        with pytest.raises(WriteFailed, match=r"nowhere\.md"):
            render(mkdocs, source, tmp_path / name, folder)
