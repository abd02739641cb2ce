"""A value of a past year is revised: the newer edition tells it everywhere, the older nowhere."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from report.build import build_site
from report.comparing import compare_sides
from report.composition import Settings
from report.feeds import ATOM
from tests.examples import PROJECT, SECOND, TODAY

ROW = "river.trips,2023,475,final,2026-06-30,counters,table 1,,routine\n"
"""Published after the older edition's cut-off; the trips of 2023 were first 468, then 471."""
URL = "https://example.org/bicycles/"
PAGE = "corridors/river-corridor/index.html"


def ask(root: Path) -> Settings:
    """Settings for a report folder."""
    return Settings(root=root, project=PROJECT, site_dir=root / "site", today=TODAY, jobs=1)


@dataclass(frozen=True)
class Sides:
    """A report folder before and after, each with its site."""

    before: Path
    after: Path

    def read(self, path: str) -> tuple[str, str]:
        """A file of both sites."""
        before, after = ((side / "site" / path).read_text() for side in (self.before, self.after))
        return before, after


@pytest.fixture(scope="module", name="sides")
def _sides(tmp_path_factory: pytest.TempPathFactory) -> Sides:
    """The second report in two editions a day apart, without and with the new value."""
    before = tmp_path_factory.mktemp("revising") / "before"
    shutil.copytree(SECOND, before)
    shutil.copytree(before / "site_src/2026", before / "site_src/2024")
    (before / "data/editions/2024.yml").write_text(
        'id: "2024"\ncut_off: 2026-06-29\nreleased: 2026-07-01\ntitle: Edition 2024\n'
    )
    after = before.with_name("after")
    shutil.copytree(before, after)
    with (after / "data/observations/trips.csv").open("a") as table:
        table.write(ROW)
    for side in (before, after):
        build_site(ask(side))
    return Sides(before, after)


def find_section(page: str, name: str) -> str:
    """The words of a section, from its heading to the next one of its level."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2 |</article>)', page, re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0])).split())


def find_figure(page: str, name: str) -> str:
    """The markup of a figure."""
    found = re.search(rf'<figure class="figure" id="plate-{name}".*?</figure>', page, re.DOTALL)
    assert found is not None
    return found[0]


def find_plate(page: str, name: str, which: str) -> str:
    """One of a figure's two drawings."""
    found = re.search(rf'figure__plate--{which}">(.*?)</div>', find_figure(page, name), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_older_edition_stays_byte_for_byte(sides: Sides) -> None:
    """Every file of it, and no other is there."""
    files = [
        {
            path.relative_to(side).as_posix(): path.read_bytes()
            for path in sorted((side / "site/en/2024").rglob("*"))
            if path.is_file()
        }
        for side in (sides.before, sides.after)
    ]

    assert len(files[0]) > 20
    assert files[0] == files[1]


def test_the_page_tells_what_changed_since_the_last_edition(sides: Sides) -> None:
    """From 471 to 475 thousand trips is +0.8 %; a page on which nothing changed says so."""
    before, after = (find_section(page, "changes") for page in sides.read(f"en/2026/{PAGE}"))

    assert (
        "Edition before this: Edition 2024, which shows what was known on 29 June 2026." in before
    )
    assert "Nothing that this page shows has changed." in before
    told = "2023 471.0 thousand trips 475.0 thousand trips +0.8% small routine revision"
    assert "Values revised since then: 1" in after
    assert f"Trips on the river corridor , {told}" in after


def test_the_first_edition_says_that_it_is_the_first(sides: Sides) -> None:
    """It is compared with nothing."""
    page, _ = sides.read(f"en/2024/{PAGE}")

    assert "This is the first edition" in find_section(page, "changes")


def test_the_register_has_the_revision(sides: Sides) -> None:
    """With both values, its day and its reason."""
    before, after = (
        find_section(page, "register") for page in sides.read("en/2026/revisions/index.html")
    )
    told = "2023 471.0 thousand trips 475.0 thousand trips +0.8% small 2026-06-30 routine revision"

    assert told not in before
    assert told in after


def test_the_figure_shows_it_as_revised_and_not_as_first_published(sides: Sides) -> None:
    """The first drawing is the same; the table gives 475 and the first 468."""
    before, after = sides.read(f"en/2026/{PAGE}")

    first = [find_plate(page, "river-use", "first") for page in (before, after)]
    revised = [find_plate(page, "river-use", "revised") for page in (before, after)]
    assert first[0] == first[1]
    assert revised[0] != revised[1]
    row = re.search(r"<tr><th scope=\"row\">2023</th>.*?</tr>", find_figure(after, "river-use"))
    assert row is not None
    words = unescape(re.sub(r"<[^>]*>", " ", row[0]))
    assert " ".join(words.split()) == "2023 475.0 first 468.0"


def test_the_feed_tells_it(sides: Sides) -> None:
    """An entry of its own, that of the source and day; each link of the feed leads to a page."""
    before, after = (
        ET.fromstring(text.encode())  # noqa: S314 - our own
        for text in sides.read("en/latest/feed.xml")
    )
    told = [{e.text: e for e in feed.iter(f"{{{ATOM}}}id")} for feed in (before, after)]

    assert set(told[1]) - set(told[0]) == {f"{URL}en/latest/revisions/#2026-06-30-counters"}
    summaries = [summary.text for summary in after.iter(f"{{{ATOM}}}summary")]
    change = "from 471.0 thousand trips to 475.0 thousand trips (+0.8%)"
    assert f"Trips on the river corridor, 2023: {change}" in summaries
    for link in after.iter(f"{{{ATOM}}}link"):
        path = link.get("href", "").removeprefix(URL)
        target = sides.after / "site" / path
        assert (target / "index.html" if path.endswith("/") else target).is_file(), path


def test_the_structured_diff_holds_it(sides: Sides) -> None:
    """`changes.json` has the keys that its document lists, and the values exactly."""
    old, new = (json.loads(text) for text in sides.read("en/2026/changes.json"))
    first, _ = (json.loads(text) for text in sides.read("en/2024/changes.json"))
    document = (PROJECT / "docs/changes.md").read_text()
    listed = re.findall(r"^\| (`.*?`) \|", document, re.MULTILINE)

    assert set(new) == {key for cell in listed for key in re.findall(r"`(\w+)`", cell)}
    assert first["before"] is None
    assert [first[key] for key in ("values", "coverage", "lists")] == [[], [], []]
    assert old["values"] == []
    assert new["before"]["id"] == "2024"
    told = {(one["series"], one["period"]): one for one in new["values"]}
    one = told["river.trips", "2023"]
    assert (one["kind"], one["tier"], one["old"]["value"], one["new"]["value"]) == (
        *("revised", "green", "471", "475"),
    )
    assert one["size"] == pytest.approx(4 / 946, abs=1e-6)
    assert ("river.trips.growth", "2024") in told


def test_the_diff_of_both_folders_tells_it(sides: Sides) -> None:
    """Of the newer edition alone."""
    found = compare_sides(ask(sides.after), str(sides.before), str(sides.after))
    told: dict[str, dict[str, Any]] = {
        one["edition"]: one for one in json.loads(found.transcript)["editions"]
    }

    assert told["2024"]["values"] == []
    assert [figure["id"] for figure in told["2024"]["figures"]] == []
    assert ("river.trips", "2023") in {
        (one["series"], one["period"]) for one in told["2026"]["values"]
    }
    assert "river-use" in {figure["id"] for figure in told["2026"]["figures"]}
    assert "475" in found.digest
