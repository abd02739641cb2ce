"""Parts show what the edition knows: newest values, changes, counts and where they come from."""

from __future__ import annotations

from dataclasses import replace

from report.parts import Parts
from tests.examples import ENGLISH, make_second_view


def test_the_parts_of_a_page_hold_its_own() -> None:
    """Each page has its tiles, figures, questions, measures, constraints and events."""
    parts = Parts(make_second_view(), ENGLISH)

    assert [view.value for view in parts.tiles("river-corridor")] == [
        *("540.0 thousand trips", "58 minutes"),
    ]
    assert [figure.id for figure in parts.figures("river-corridor")] == [
        "river-use",
        "river-season",
        "river-vintages",
    ]
    assert [
        (q.question.id, [f.id for f in q.figures]) for q in parts.questions("hill-corridor")
    ] == [
        ("hill-use", ["hill-use", "hill-events"]),
        ("hill-goods", []),
    ]
    assert [measure.id for measure in parts.measures("hill-corridor")] == ["m-lift", "m-shelter"]
    answered = parts.bearings.constraints_on("hill-corridor")
    assert [(item.id, [m.id for m in own]) for item, own in answered] == [
        ("c-slope", ["m-lift", "m-shelter"])
    ]
    assert [event.id for event in parts.events("river-corridor")] == ["e-bridge", "e-flood"]


def test_events_come_newest_first_by_year_and_only_when_known() -> None:
    """What became known after the cut-off is not there."""
    parts = Parts(make_second_view(), ENGLISH)

    assert [(year, [event.id for event in events]) for year, events in parts.event_years()] == [
        ("2023", ["e-bridge"]),
        ("2021", ["e-post"]),
        ("2020", ["e-flood"]),
        ("2018", ["e-plan"]),
    ]


def test_freshness_tells_the_newest_period() -> None:
    """The river page draws on values up to December 2025; a page without values has no day."""
    parts = Parts(make_second_view(), ENGLISH)

    assert str(parts.newest_period("river-corridor")) == "2025-12"
    assert parts.newest_period("nothing") is None


def test_the_register_of_data_counts_values_and_vintages() -> None:
    """A series is listed with its span, its values, and how many have several vintages."""
    parts = Parts(make_second_view(), ENGLISH)
    listed = {item.series.id: item for _, members in parts.series() for item in members}
    trips = listed["river.trips"]

    # Values of 2019 to 2025; 2021 comes from two sources, 2020, 2023 and 2024 were published
    # twice; the final value of 2025 came after the cut-off.
    assert (trips.span, trips.count, trips.vintages) == ("2019 – 2025", 7, 4)
    assert trips.sources == ("counters", "survey")
    assert [group for group, _ in parts.series()] == sorted({name.split(".")[0] for name in listed})


def test_the_register_of_sources_tells_their_uses() -> None:
    """Sources come by producer, each with the series and lists that rest on it."""
    parts = Parts(make_second_view(), ENGLISH)
    uses = dict(parts.sources())

    assert list(uses) == ["counters", "survey", "plan"]
    assert "river.trips" in uses["counters"]
    assert "events" in uses["counters"]
    assert uses["plan"] == ["events", "institutions", "measures", "claims"]


def test_topics_of_data_come_by_the_names_that_readers_see() -> None:
    """Their ids are nowhere on the page, so an order by them would look like none."""
    parts = Parts(make_second_view(), ENGLISH)
    named = {"river": "a stream", "hill": "Zigzag", "both": "Middle"}

    groups = [group for group, _ in parts.series(named)]

    assert [group for group in groups if group in named] == ["river", "both", "hill"]
    assert sorted(groups) == [group for group, _ in parts.series()]


def test_sources_are_counted_with_producers_and_what_is_held_back() -> None:
    """Counters and the survey are of both towns; the survey lets no value be passed on."""
    view = make_second_view()
    known = view.report.sources
    producer = known["counters"].producer
    joint = {**known, "survey": known["survey"].model_copy(update={"producer": producer})}
    report = replace(view.report, sources=joint)

    assert Parts(replace(view, report=report), ENGLISH).count_sources() == ["3", "2", "1"]
