"""Drawings are small, named, coloured by the page, and drawn once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import vl_convert
from fontTools.ttLib import TTFont

from report import drawing, theme
from report.drawing import clean_svg, draw_all, draw_svg, key_of
from report.lettering import Case
from report.vectors import compact_svg
from tests.figures.examples import FORMS, build

PROJECT = Path(__file__).resolve().parent.parent
SPEC: dict[str, Any] = build(**FORMS["line"]).specs["wide"]
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def test_a_drawing_is_small() -> None:
    """A line of six years with its axes takes less than 3 kB."""
    assert len(draw_svg(SPEC)) < 3000


def test_a_drawing_scales_and_names_no_size() -> None:
    """The page decides how wide it is."""
    svg = draw_svg(SPEC)

    assert 'viewBox="0 0 680 380"' in svg
    assert not re.search(r"<svg[^>]*\s(width|height)=", svg)


def test_nothing_dead_is_left() -> None:
    """Roles of marks, classes and empty paths are gone; coordinates are short."""
    svg = draw_svg(SPEC)

    assert not re.search(r'aria-roledescription|class=|d=""|px"|\d\.\d\d', svg)


def test_colours_follow_the_page() -> None:
    """Every colour is a variable whose fallback is the light value."""
    svg = clean_svg(draw_svg(SPEC), "fig", "Title", "It rose")

    assert not re.search(r'="#', svg)
    assert "var(--fig-1,#" in svg


@pytest.mark.parametrize("form", FORMS)
def test_a_drawing_is_what_vega_draws(form: str) -> None:
    """No letter moves or changes because Vega was spared measuring it."""
    for spec in build(**FORMS[form]).specs.values():
        drawn = vl_convert.vegalite_to_svg(spec, vl_version=drawing.VEGA_LITE)

        assert draw_svg(spec) == compact_svg(drawn)


def test_a_text_that_names_a_size_stays_as_it_is() -> None:
    """Only attributes get sizes, whatever a text says."""
    text = 'class="layer_0_marks" font-size="0px"'
    mark = {"type": "text", "baseline": "middle", "fontSize": 15}
    layer = {"data": {"values": [{"text": text}]}, "mark": mark, "encoding": {}}
    layer["encoding"] = {"text": {"field": "text", "type": "nominal"}}
    root = fromstring(draw_svg({"layer": [layer], "width": 9, "height": 9}))  # noqa: S314 - own
    (found,) = (part for part in root.iter() if part.tag.endswith("text"))

    assert found.text == text
    assert found.get("font-size") == "15"
    # Centre 4.5, and 0.3 of 15 is 4.5, which rounds up to 5.
    assert found.get("y") == "9.5"


def test_names_are_text() -> None:
    """Hostile words in title, description and identifier stay words."""
    hostile = '"><script>x</script>{{ 1 }}'
    svg = clean_svg(draw_svg(SPEC), hostile, hostile, hostile)
    root = fromstring(svg)  # noqa: S314 - as above

    assert [child.text for child in root[:2]] == [hostile, hostile]
    assert not [part for part in root.iter() if part.tag.endswith("script")]


def test_text_that_looks_like_markup_is_kept() -> None:
    """A label that reads like an attribute or a colour comes out as it went in."""
    label = 'fill="#1756a7" id="x" & <b>'
    svg = HEAD + "<text>" + label.replace("&", "&amp;").replace("<", "&lt;") + "</text></svg>"
    cleaned = clean_svg(compact_svg(svg), "fig", "T", "D")

    root = fromstring(cleaned)  # noqa: S314 - as above

    assert root[2].text == label


def test_ids_and_their_uses_are_renamed_together() -> None:
    """A clip path is still found by what it clips; words that look like either stay."""
    svg = (
        f'{HEAD}<defs><clipPath id="c"><path d="M0,0h9"/></clipPath></defs>'
        '<g clip-path="url(#c)"><path d="M1,1h2" stroke="#dfe3e8"/></g>'
        '<text> id="c" url(#c)</text></svg>'
    )
    cleaned = clean_svg(compact_svg(svg), "fig", "T", "D")

    assert 'id="fig-c"' in cleaned
    assert '="url(#fig-c)"' in cleaned
    assert "> id=&quot;c&quot; url(#c)</text>" in cleaned


def test_what_is_no_drawing_is_refused() -> None:
    """Only compact drawings can be cleaned."""
    with pytest.raises(ValueError, match="no drawing"):
        clean_svg("<p>", "a", "b", "c")


def test_numbers_that_are_not_finite_never_reach_a_drawing() -> None:
    """NaN would silently become null."""
    with pytest.raises(ValueError, match="JSON compliant"):
        draw_svg({"data": {"values": [{"x": float("nan")}]}})


def test_a_spec_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal specs share a drawing, in one run and in the next."""
    calls: list[object] = []

    def count(spec: Mapping[str, Any]) -> str:
        calls.append(spec)
        return draw_svg(spec)

    monkeypatch.setattr(drawing, "draw_svg", count)

    first = draw_all({"a": SPEC, "b": dict(SPEC)}, tmp_path)
    again = draw_all({"c": SPEC}, tmp_path)

    assert len(calls) == 1
    assert first["a"] == first["b"] == again["c"]


@pytest.mark.parametrize("harm", ["", "cut", "\0\xff"])
def test_a_harmed_drawing_is_drawn_again(tmp_path: Path, harm: str) -> None:
    """A cache is trusted only as far as its own checksum."""
    whole = draw_all({"a": SPEC}, tmp_path)
    (kept,) = tmp_path.rglob("*.svg")
    text = kept.read_text("utf-8")
    kept.write_text(text[: len(text) // 2] if harm == "cut" else harm, "utf-8")

    assert draw_all({"a": SPEC}, tmp_path) == whole
    assert kept.read_text("utf-8") == text
    assert not list(tmp_path.rglob("*.part"))


def test_without_a_cache_nothing_is_written(tmp_path: Path) -> None:
    """No folder, no files; a folder that cannot be written is no failure."""
    blocked = tmp_path / "file"
    blocked.write_text("")

    assert draw_all({"a": SPEC}, None) == draw_all({"a": SPEC}, blocked / "below")


def test_another_look_is_another_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of colours makes every kept drawing old."""
    before = key_of(SPEC)
    drawing.stamp_drawings.cache_clear()
    monkeypatch.setattr(theme, "css_variables", lambda: "other")
    after = key_of(SPEC)
    drawing.stamp_drawings.cache_clear()

    assert before != after


_DRAW = """
import sys
from report.drawing import draw_png
sys.stdout.buffer.write(draw_png(sys.argv[1], 1.0))
"""


def test_a_picture_takes_no_letter_from_the_machine(tmp_path: Path) -> None:
    """Not even from a font that the system names: what is no outline leaves no ink."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
        "<text y='15' font-family='Noto Sans'>word</text></svg>"
    )
    files = PROJECT / "node_modules" / "@fontsource" / "noto-sans" / "files"
    font = TTFont(files / "noto-sans-latin-400-normal.woff")
    font.flavor = None
    font.save(tmp_path / "font.ttf")
    named = tmp_path / "fonts.conf"
    named.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")

    def draw(shown: str) -> bytes:
        command = [sys.executable, "-c", _DRAW, shown]
        environment = {**os.environ, "FONTCONFIG_FILE": str(named), "PYTHONPATH": str(PROJECT)}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    empty = draw(svg.replace("word", ""))
    assert draw(svg) == empty
    assert draw(Case(PROJECT / "node_modules").set_letters(svg)) != empty
