"""The feed is an Atom feed: whole, dated by the data, with ids that stay, and text escaped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree as ET

from report.corrections import Action, Correction
from report.editions import EditionRevision
from report.feeds import ATOM, MOST_BATCHES, list_entries, write_feed
from report.model import Observation, View
from tests.examples import ENGLISH, make_second_view, observe

NAMES = {"atom": ATOM}
REQUIRED = ("atom:id", "atom:title", "atom:updated")


@lru_cache
def parse_feed() -> ET.Element:
    """The second report's feed, parsed."""
    text = write_feed(make_second_view(), ENGLISH, ("index.md", "revisions.md"))
    return ET.fromstring(text.encode())  # noqa: S314 - our own


def write_month(at: int) -> str:
    """The second day of a month, counted from January 2020."""
    return f"{2020 + at // 12}-{at % 12 + 1:02}-02"


def find_titles(view: View) -> list[str]:
    """Titles of all entries."""
    return [entry.title for entry in list_entries(view, ENGLISH)]


def test_the_feed_has_what_atom_requires() -> None:
    """Feed and entries have an id, a title and a day; ids are there once; it names itself."""
    feed = parse_feed()
    entries = feed.findall("atom:entry", NAMES)
    ids = [entry.findtext("atom:id", "", NAMES) for entry in entries]

    assert feed.tag == f"{{{ATOM}}}feed"
    for item in (feed, *entries):
        for name in REQUIRED:
            found = item.findall(name, NAMES)
            assert len(found) == 1, name
            assert found[0].text
    assert feed.findtext("atom:author/atom:name", "", NAMES)
    assert len(entries) > 3
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.find("atom:link[@rel='alternate']", NAMES) is not None
        assert entry.findtext("atom:summary", "", NAMES)
        updated = entry.findtext("atom:updated", "", NAMES)
        assert datetime.fromisoformat(updated).tzinfo is not None


def test_revised_values_are_told_by_day_and_source() -> None:
    """On 1 March 2026 the trips of 2024 went from 502 to 498.5, which is −0.7 %."""
    told = {entry.day: entry for entry in list_entries(make_second_view(), ENGLISH)}
    entry = told[date(2026, 3, 1)]

    assert entry.title == "One value revised: Counting posts of both towns"
    assert entry.summary == (
        "Trips on the river corridor, 2024: "
        "from 502.0 thousand trips to 498.5 thousand trips (−0.7%)"
    )
    assert entry.id.endswith("/en/latest/revisions/#2026-03-01-counters")


def test_nothing_is_told_that_the_edition_does_not_know() -> None:
    """The trips of 2025 were revised in September, after the cut-off of June."""
    days = [entry.day for entry in list_entries(make_second_view(), ENGLISH)]

    assert max(days) == date(2026, 7, 1)
    assert date(2026, 9, 15) not in days


def test_declared_revisions_and_corrections_are_told() -> None:
    """Each with its own day and words; a correction made after the cut-off is not."""
    view = make_second_view()
    revision = EditionRevision(
        day=date(2026, 8, 1), reason="correction", what={"en": "A sum."}, conclusion_changed=True
    )
    known = Correction(
        series="river.trips",
        period="2022",
        source="counters",
        action=Action.OVERRIDE,
        expect=Decimal(430),
        value=Decimal(431),
        reason={"en": "Read wrongly <b> & so"},
        date=date(2024, 1, 2),
    )
    later = known.model_copy(update={"date": date(2026, 12, 1), "period": "2019"})
    report = replace(view.report, corrections=(known, later))
    edition = view.edition.model_copy(update={"revisions": (revision,)})
    view = replace(view, report=report, edition=edition)
    told = {entry.title: entry for entry in list_entries(view, ENGLISH)}

    assert told["Edition 2026: revised"].summary == "A sum. A conclusion changed."
    assert told["Edition 2026: revised"].day == date(2026, 8, 1)
    assert told["Corrected: Trips on the river corridor, 2022"].day == date(2024, 1, 2)
    assert not any("2019" in title for title in told)
    text = write_feed(view, ENGLISH)
    assert "&lt;b&gt; &amp; so" in text
    feed = ET.fromstring(text.encode())  # noqa: S314 - our own
    summaries = [entry.text for entry in feed.iter(f"{{{ATOM}}}summary")]
    assert "Read wrongly <b> & so" in summaries


def test_only_the_newest_publications_are_told() -> None:
    """Of sixty days on which a value was revised the newest forty are there."""
    view = make_second_view()
    rows: tuple[Observation, ...] = tuple(
        observe(
            "hill.trips",
            "2019",
            f"{100 + at}",
            f"{2020 + at // 12}-{at % 12 + 1:02}-02",
            "counters",
        )
        for at in range(61)
    )
    view = replace(view, vintages={"hill.trips": rows})
    days = [e.day for e in list_entries(view, ENGLISH) if e.category == "revised values"]

    assert len(days) == MOST_BATCHES
    assert (max(days), min(days)) == (date(2025, 1, 2), date(2021, 10, 2))


def test_the_feed_is_the_same_every_time() -> None:
    """It has no clock."""
    view = make_second_view()

    assert write_feed(view, ENGLISH) == write_feed(view, ENGLISH)
    assert find_titles(view)
