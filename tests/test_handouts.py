"""Each figure can be taken away: its files hold what the page shows, and say what they leave out.

Expected numbers are worked out by hand from the second report's tables.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from functools import lru_cache
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from report import handouts
from report.drawing import VEGA_LITE
from report.lettering import LetterMissing
from report.packets import Packet, say_withheld, write_csv
from report.takings import list_takings
from report.workshop import Drawn, draw_figure
from tests.examples import ENGLISH
from tests.test_plates import compose, list_names

ENDS = ("csv", "json", "svg", "png", "bib", "ris", "csl.json", "zip")
SVG = "{http://www.w3.org/2000/svg}"
HEADER = "series,title,period,value,unit,status,published,source"


@lru_cache
def draw(name: str) -> Drawn:
    """A figure of the second report with its files."""
    return draw_figure(compose().order_figure(name), None)


def read(name: str, end: str) -> bytes:
    """A file of a figure."""
    return draw(name).files[f"figures/{name}.{end}"]


def list_rows(name: str) -> list[dict[str, str]]:
    """The rows of a figure's table."""
    return list(csv.DictReader(io.StringIO(read(name, "csv").decode())))


@pytest.mark.parametrize("name", list_names())
def test_each_figure_has_all_its_files(name: str) -> None:
    """Eight of them, none empty, and one archive holds the others."""
    mine = {f"figures/{name}.{end}" for end in ENDS}
    with zipfile.ZipFile(io.BytesIO(read(name, "zip"))) as archive:
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        dates = {entry.date_time for entry in archive.infolist()}

    assert mine <= set(draw(name).files)
    assert all(draw(name).files.values())
    assert set(held) == {f"{name}/README.txt", f"{name}/metadata.json"} | {
        f"{name}/{name}.{end}" for end in ENDS if end != "zip"
    }
    assert all(held[f"{name}/{name}.{end}"] == read(name, end) for end in ENDS if end != "zip")
    assert dates == {(2026, 7, 1, 0, 0, 0)}  # the edition's release


def test_the_table_gives_exact_numbers_and_withholds_the_survey_s() -> None:
    """River trips of 2020 are the survey's, all rights reserved; those of 2023 were revised."""
    text = read("river-use", "csv").decode()
    told = "river.trips,Trips on the river corridor"

    assert text.splitlines() == [
        HEADER,
        f"{told},2019,410,thousand trips,final,2020-03-01,counters",
        f"{told},2020,,thousand trips,withheld,2021-06-01,survey",
        f"{told},2021,395,thousand trips,final,2022-03-01,counters",
        f"{told},2022,430,thousand trips,final,2023-03-01,counters",
        f"{told},2023,471,thousand trips,final,2025-03-01,counters",
        f"{told},2024,498.5,thousand trips,final,2026-03-01,counters",
        f"{told},2025,540,thousand trips,provisional,2026-03-01,counters",
    ]


def test_an_index_rests_on_its_base_as_well() -> None:
    """142.5 of 120 is 118.75; what was not published stays without a value."""
    hill = [row for row in list_rows("hill-use") if row["series"] == "hill.trips"]

    assert [(row["period"], row["value"], row["status"]) for row in hill][2] == (
        *("2021", "", "not_published"),
    )
    assert hill[-1]["value"] == "118.7500"
    assert hill[-1]["unit"] == "index, 2019 = 100"


def test_vintages_say_the_day_whose_knowledge_they_are() -> None:
    """The trips of 2023 were 468 in 2024 and 471 in 2025."""
    known = {
        row["known_on"]: row["value"]
        for row in list_rows("river-vintages")
        if row["period"] == "2023"
    }

    assert known["2024-03-01"] == "468"
    assert known["2025-03-01"] == "471"


def test_a_timeline_gives_its_events() -> None:
    """Two happened before the cut-off on the pages that the timeline shows."""
    rows = list_rows("hill-events")

    assert [(row["id"], row["date"], row["effect"]) for row in rows] == [
        ("e-plan", "2018-05", "advances"),
        ("e-post", "2021-02", "neutral"),
    ]


@pytest.mark.parametrize("name", list_names())
def test_the_table_holds_the_numbers_of_the_page(name: str) -> None:
    """Each number of the figure's own table is there, or is withheld."""
    cells = sorted(cell.value for cell in draw(name).figure.table.cells if cell.value is not None)
    rows = list_rows(name)
    given = [pd.to_numeric(row["value"]) for row in rows if row.get("value")]
    held = [row for row in rows if row.get("status") == "withheld"]

    assert len(cells) == len(given) + len(held)
    assert {float(value) for value in given} <= {float(value) for value in cells}


def test_pandas_reads_the_table() -> None:
    """Columns have their types, and a value that is withheld is missing."""
    frame = pd.read_csv(io.BytesIO(read("river-use", "csv")))

    assert frame["value"].dtype == "float64"
    assert frame.set_index("period")["value"].to_dict()[2024] == 498.5
    assert frame["value"].isna().sum() == 1


# What may not be passed on.


def test_what_is_withheld_is_nowhere_in_the_files_but_in_the_picture() -> None:
    """All numbers of the shares are the survey's: 61, 70, 40 and 43 per cent."""
    spec = json.loads(read("quality-share", "json"))
    drawn = [row for layer in spec["layer"] for row in layer["data"]["values"]]
    with zipfile.ZipFile(io.BytesIO(read("quality-share", "zip"))) as archive:
        told = json.loads(archive.read("quality-share/metadata.json"))
        readme = archive.read("quality-share/README.txt").decode()

    assert [row["text"] for row in drawn] == ["No value of this figure may be passed on."]
    assert [row["value"] for row in list_rows("quality-share")] == [""] * 4
    assert [(row["period"], row["sources"]) for row in told["withheld"]] == [
        (period, ["survey"]) for period in ("2023", "2025", "2023", "2025")
    ]
    assert "CSV and JSON give no value" in readme
    assert "all rights reserved" in readme
    assert "70" in read("quality-share", "svg").decode()


def test_a_drawing_leaves_out_single_values() -> None:
    """The line of the specification has six points: the survey's of 2020 is not among them."""
    spec = json.loads(read("river-use", "json"))
    values = {
        row["value"] for layer in spec["layer"] for row in layer["data"]["values"] if "value" in row
    }

    assert values == {410, 395, 430, 471, 498.5, 540}
    assert spec["usermeta"]["left_out"].startswith("CSV and JSON leave out 1 of 7 values")


def test_what_is_left_out_is_said_in_words() -> None:
    """Nothing, some, or all."""
    assert say_withheld(0, 7, ENGLISH) == ""
    assert "leave out 2 of 7 values" in say_withheld(2, 7, ENGLISH)
    assert "give no value" in say_withheld(7, 7, ENGLISH)


# The picture and its specification.


def list_texts(name: str) -> list[str]:
    """All texts of a figure's picture, in order."""
    root = fromstring(read(name, "svg"))  # noqa: S314 - made by this project
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", list_names())
def test_the_picture_says_what_it_shows_and_whence(name: str) -> None:
    """Title, takeaway, sources, edition and address are printed; colours are fixed."""
    order, figure = compose().order_figure(name), draw(name).figure
    said = " ".join(list_texts(name))
    first = order.view.report.sources[figure.sources[0]].producer

    assert said.startswith(f"Figure {order.number}. {order.title} ")
    assert order.takeaway in said
    assert f"Sources: {first}" in said
    assert "Edition 2026. It shows what was known by 30 June 2026." in said
    assert said.endswith(f"#figure-{name}")
    assert b"var(" not in read(name, "svg")


@pytest.mark.parametrize("name", list_names())
def test_the_picture_of_pixels_is_twice_the_drawing(name: str) -> None:
    """Its size is twice that of the SVG, its corner is white, and it holds ink everywhere."""
    root = fromstring(read(name, "svg"))  # noqa: S314 - as above
    size = int(root.get("width", "0")), int(root.get("height", "0"))
    picture = Image.open(io.BytesIO(read(name, "png")))
    light = picture.convert("RGB")
    wide, high = light.size
    strips = [light.crop((0, top, wide, top + high // 8)) for top in range(0, high, high // 8)]

    assert picture.size == (2 * size[0], 2 * size[1])
    assert picture.mode == "P"
    assert light.getpixel((0, 0)) == (255, 255, 255)
    blank = Image.new("RGB", strips[0].size, "white")
    assert all(
        ImageChops.difference(strip, blank).getbbox() is not None
        for strip in strips
        if strip.size == blank.size
    )


def test_the_title_is_printed_in_the_pixels() -> None:
    """With another title the upper part differs, and the drawing below does not."""
    order = compose().order_figure("river-use")
    drawn, other = draw("river-use"), replace(order, title="Trips shrank by 31.7% 2019-25")
    again = draw_figure(other, None)
    first, second = (
        Image.open(io.BytesIO(one.files["figures/river-use.png"])).convert("RGB")
        for one in (drawn, again)
    )
    # Each picture chooses its few colours for itself, so shades at edges differ by a little.
    differing = ImageChops.difference(first, second).point(lambda value: value > 40 and 255)
    box = differing.getbbox()

    assert first.size == second.size
    assert box is not None
    assert box[3] < 2 * (20 + 19 * 1.4)  # two of the margin and one line, at two pixels each


def test_a_letter_without_a_font_stops_the_figure() -> None:
    """The message names the figure and the letter."""
    order = replace(compose().order_figure("river-use"), title="Trips \u13a0")

    with pytest.raises(LetterMissing, match=r"figure 'river-use': no font has .*U\+13A0"):
        draw_figure(order, None)


@pytest.mark.parametrize("name", list_names())
def test_the_specification_is_drawn_with_its_title(name: str) -> None:
    """Vega-Lite draws it as it stands, and nothing of the title lies outside."""
    spec = json.loads(read(name, "json"))
    root = fromstring(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))  # noqa: S314 - own
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))

    assert spec["background"] == "#ffffff"
    assert compose().order_figure(name).title.split()[0] in said
    assert spec["usermeta"]["address"].endswith(f"#figure-{name}")


def test_the_same_figure_gives_the_same_bytes() -> None:
    """Twice in one process."""
    order = compose().order_figure("quality-safety")

    assert draw_figure(order, None).files == draw("quality-safety").files


def test_pages_alone_have_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is made that takes time."""
    monkeypatch.setattr(handouts, "engrave", None)
    order = replace(compose().order_figure("river-use"), whole=False)

    assert list(draw_figure(order, None).files) == ["figures/river-use.vega.json"]


# The menu.


def test_the_menu_leads_to_the_edition_s_own_files() -> None:
    """From whatever address the page is read: `latest` lies beside the edition."""
    drawn = draw("river-use")
    order = compose().order_figure("river-use")
    taking = list_takings(order, drawn.files, drawn.drawings)

    assert [(file.format, file.href) for file in taking.files] == [
        (name, f"../../../2026/figures/river-use.{name.lower()}")
        for name in ("PNG", "SVG", "CSV", "JSON", "ZIP")
    ]
    assert taking.snippet == (
        "import pandas as pd; data = pd.read_csv("
        '"https://example.org/bicycles/en/2026/figures/river-use.csv")'
    )
    assert taking.embed.startswith(
        '<iframe src="https://example.org/bicycles/en/2026/figures/river-use/embed/" '
        'title="Trips grew by +31.7% from 2019 to 2025" '
    )
    assert taking.plain.startswith("Example publisher (2026): Trips grew by")
    assert "leave out 1 of 7" in taking.withheld


def test_a_hostile_title_cannot_leave_the_code_to_copy() -> None:
    """Quotes and angle brackets of a title are references in the attribute."""
    drawn = draw("river-use")
    order = replace(compose().order_figure("river-use"), title='a"><script>alert(1)</script>')
    embed = list_takings(order, drawn.files, drawn.drawings).embed

    assert "<script" not in embed
    assert embed.count('"') == 10


# Whatever words there are.


@lru_cache
def pack() -> Packet:
    """What is told of a figure, not drawn."""
    return handouts._gather(compose().order_figure("river-use"), draw("river-use").figure)[0]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_words_come_back_out_of_the_table_and_none_is_a_formula(words: str) -> None:
    """A spreadsheet sees text; a program the words, with an apostrophe where one was needed.

    Control characters are refused when the data are read.
    """
    packet = replace(pack(), numbers=tuple(replace(one, title=words) for one in pack().numbers))
    text = write_csv(packet)
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert len(rows) == 8
    assert {len(row) for row in rows} == {8}
    for row in rows[1:]:
        assert row[1] in {words, f"'{words}"}
        assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} for cell in row)
