"""Each page is announced by a picture of its own: its finding with the figure that shows it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from report.announcements import announce_pages, choose_figure
from report.composition import Settings, Volume, compose_report
from report.engraving import engrave_all
from report.lettering import LetterMissing
from report.sheets import Documents, PlacedFigure
from report.workshop import Workshop
from tests.examples import PROJECT, SECOND, TODAY


def draw_here(pictures: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Pictures drawn in this process."""
    return Workshop(1).engrave(pictures)


def plate(*drawings: tuple[str, int, int]) -> str:
    """A figure's HTML with drawings of these sizes."""
    return "".join(
        f'<svg class="{size}" viewBox="0 0 {width} {height}"><text x="9" y="30">12</text></svg>'
        for size, width, height in drawings
    )


@pytest.fixture(scope="module")
def volume() -> Volume:
    """The second report, composed."""
    _, volumes = compose_report(Settings(SECOND, PROJECT, SECOND / "site", TODAY))
    return volumes[0]


def make_documents(names: tuple[str, ...]) -> Documents:
    """Documents of which one places figures of these names."""
    given: Any = None
    figures = {
        name: PlacedFigure(given, "p", "p.md", f"Finding of {name}", "", "") for name in names
    }
    return Documents({"p.md": "# P\n\nWords.", "q.md": "# Q\n\nWords."}, figures)


def test_the_first_legible_figure_speaks_for_its_page() -> None:
    """One that would be too small gives way; of several that are too small the largest is taken."""
    small, large, smaller = (
        plate(("wide", 680, 900)),
        plate(("wide", 350, 320)),
        plate(("wide", 680, 1900)),
    )
    documents = make_documents(("a", "b", "c"))

    assert choose_figure(documents, "p.md", {"a": large, "b": large, "c": small})[0] == "a"
    assert choose_figure(documents, "p.md", {"a": small, "b": large, "c": large})[0] == "b"
    assert choose_figure(documents, "p.md", {"a": smaller, "b": small, "c": smaller})[0] == "b"
    assert choose_figure(documents, "q.md", {}) == ("", None)


def test_every_page_has_a_picture(volume: Volume) -> None:
    """With the finding of its figure where it has one, else with its own first words."""
    plates = dict.fromkeys(volume.documents.figures, plate(("narrow", 350, 320)))
    pictures = announce_pages(volume.composer, volume.documents, plates)

    assert set(pictures) == {
        f"social/{document.removesuffix('.md')}.png" for document in volume.documents.markdown
    }
    first = next(iter(volume.documents.figures.values()))
    path = f"social/{first.document.removesuffix('.md')}.png"
    shown = pictures[path].replace("</text>", " ")
    assert all(word in shown for word in first.title.split())
    assert "All series of this edition." in pictures["social/data.png"]
    assert all("Edition 2026" in picture for picture in pictures.values())


def test_pictures_are_small_and_the_same_each_time(volume: Volume, tmp_path: Path) -> None:
    """PNG of 1200 by 630 with a palette; drawn or taken from what is kept, byte for byte."""
    plates = dict.fromkeys(volume.documents.figures, plate(("narrow", 350, 320)))
    pictures = announce_pages(volume.composer, volume.documents, plates)
    chosen = {path: pictures[path] for path in ("social/data.png", "social/index.png")}
    left: list[str] = []
    drawn = engrave_all(chosen, tmp_path, draw_here)

    def note(pictures: Mapping[str, str]) -> list[tuple[str, bytes]]:
        left.extend(pictures)
        return []

    assert engrave_all(chosen, None, draw_here) == drawn
    assert (engrave_all(chosen, tmp_path, note), left) == (drawn, [])
    for content in drawn.values():
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.size, picture.mode) == ((1200, 630), "P")
            colours = picture.convert("RGB")
            assert colours.getpixel((600, 5)) == (0x17, 0x56, 0xA7)
            assert colours.getpixel((20, 620)) == (0xEC, 0xEF, 0xF3)
            assert len(picture.getcolors() or ()) > 20
        assert len(content) < 60_000


def test_letters_of_other_scripts_are_drawn_and_unknown_ones_refused(tmp_path: Path) -> None:
    """A picture never shows an empty box."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">'
        '<rect width="90" height="40" fill="#ffffff"/><text y="30">{}</text></svg>'
    )
    made = engrave_all({"a": svg.format("贸易"), "b": svg.format("")}, None, draw_here)

    assert made["a"] != made["b"]
    with pytest.raises(LetterMissing, match="c: no font has the letter"):
        engrave_all({"c": svg.format("\U00012000")}, tmp_path, draw_here)


def test_documents_without_figures_are_left_as_they_are(volume: Volume) -> None:
    """No plate is asked for where no figure is placed."""
    documents = replace(volume.documents, figures={})

    assert set(announce_pages(volume.composer, documents, {})) == set(
        announce_pages(
            volume.composer,
            volume.documents,
            dict.fromkeys(volume.documents.figures, plate(("narrow", 350, 320))),
        )
    )
