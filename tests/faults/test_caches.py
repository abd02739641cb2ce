"""What is kept from run to run may be harmed, or not be kept at all: no byte of a site changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report.binding import Press
from report.build import build_site
from report.composition import Settings
from report.figures.layers import SHAPES
from report.typefaces import convert_letters
from tests.examples import PROJECT, SECOND, TODAY
from tests.faults.disks import Disk, watch
from tests.trees import read_tree

HARMS: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "turned": lambda content: bytes(255 - byte for byte in content),
    "emptied": lambda _: b"",
    "other": lambda _: b'{"format": 99}',
}
KINDS = {
    *("books", "drawings", "drawn", "faces", "memory", "pages", "pictures", "plates", "scripts"),
    *("shapes", "sites"),
}


def test_whatever_is_kept_may_be_harmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of it, in one of four ways, in a site with all that readers take away."""
    cache = tmp_path / "cache"
    monkeypatch.setattr(Settings, "cache", property(lambda _self: cache))
    settings = Settings(SECOND, PROJECT, tmp_path / "site", TODAY, jobs=1)
    SHAPES.clear()  # what an earlier test has left in this process would not be kept
    build_site(settings)
    whole = read_tree(tmp_path / "site")
    kept = sorted(path for path in cache.rglob("*") if path.is_file())
    for number, path in enumerate(kept):
        harm = [*HARMS][number % len(HARMS)]
        path.write_bytes(HARMS[harm](path.read_bytes()))
    (tmp_path / "site" / "index.html").write_text("touched")
    build_site(settings)

    assert {path.relative_to(cache).parts[0] for path in kept} == KINDS
    assert read_tree(tmp_path / "site") == whole


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_font_is_converted_again(harm: str, tmp_path: Path) -> None:
    """A typesetter would take a broken one for none and set other letters without a word."""
    modules = PROJECT / "node_modules"
    fonts = convert_letters(modules, tmp_path, "a")
    before = read_tree(tmp_path)
    for path in tmp_path.rglob("*.ttf"):
        path.write_bytes(HARMS[harm](path.read_bytes()))
    assert fonts.folders
    assert read_tree(tmp_path) != before

    assert convert_letters(modules, tmp_path, "a") == fonts
    assert read_tree(tmp_path) == before
    with watch(Disk(tmp_path)) as disk:
        convert_letters(modules, tmp_path, "a")
    assert disk.done == []


def test_fonts_that_cannot_be_kept_are_made_aside(tmp_path: Path) -> None:
    """A cache that cannot be written costs time, and keeps no book from being set."""
    (tmp_path / "file").write_text("")
    press = Press(PROJECT, tmp_path / "file" / "cache")

    letters = press._convert({"a"}, tmp_path / "aside")

    assert {folder.parents[1] for folder in letters.folders} == {tmp_path / "aside"}
    assert list(letters.folders[0].glob("*.ttf"))
