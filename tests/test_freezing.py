"""A frozen edition sees nothing that was entered later, and its facts have steady hashes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report.freezing import hash_value, hold_report, keep_frozen, list_facts, list_rows
from report.manifests import Manifest
from report.model import Report
from report.views import make_view
from tests.examples import make_second_report, observe


def see(report: Report) -> dict[str, str]:
    """The facts of the second report's edition."""
    return list_facts(make_view(report, report.editions[0]))


def freeze(report: Report) -> Report:
    """The report with its edition frozen as it is."""
    rows = list_rows(make_view(report, report.editions[0]))
    return hold_report(report, {"2026": Manifest("2026", 0, see(report), {}, {}, {}, rows)})


def test_facts_are_named_by_kind_and_id() -> None:
    """One for each series, event, body, measure, status, claim, source, kind, language and term."""
    names = set(see(make_second_report()))

    assert {"report", "edition", "figures/home", "series/river.trips", "event/e-bridge"} <= names
    assert {name.split("/")[0] for name in names} == {
        *("report", "edition", "figures", "series", "event", "institution", "measure", "status"),
        *("claim", "source", "page", "question", "constraint", "opportunity", "target"),
        *("kind", "language", "term"),
    }


def test_what_is_entered_later_is_not_seen_however_early_it_is_dated() -> None:
    """A new series, event or claim with days before the cut-off changes no fact and no hash."""
    report = freeze(make_second_report())
    trips = report.series["river.trips"].model_copy(update={"id": "lake.trips"})
    row = replace(observe("lake.trips", "2020", "5", "2021-01-01", trips.sources[0][0]))
    event = report.events[0].model_copy(update={"id": "e-late"})
    later = replace(
        report,
        series={**report.series, trips.id: trips},
        observations=(*report.observations, row),
        events=(*report.events, event),
        claims=(*report.claims, report.claims[0].model_copy(update={"id": "s-late"})),
    )

    assert see(later) == see(report)
    view = make_view(later, later.editions[0])
    assert "lake.trips" not in view.series
    assert "e-late" not in {item.id for item in view.events}
    assert "series/lake.trips" in see(replace(later, frozen={}))


def test_a_row_that_is_entered_later_changes_no_hash_and_a_changed_one_does() -> None:
    """However early it is dated; a rank for a later source is none of the edition's business."""
    report = freeze(make_second_report())
    cut_off = report.editions[0].cut_off
    source = report.series["river.trips"].sources[0][0]

    def add(day: str) -> dict[str, str]:
        row = replace(observe("river.trips", "2019", "1", day, source), value=Decimal(1))
        return see(replace(report, observations=(*report.observations, row)))

    assert add(f"{cut_off.year + 1}-01-01") == see(report)
    assert add("2026-01-01") == see(report)
    first = next(row for row in report.observations if row.series == "river.trips")
    others = tuple(row for row in report.observations if row is not first)
    wrong = replace(first, value=Decimal(1))
    after = see(replace(report, observations=(wrong, *others)))
    changed = {name for name, found in after.items() if found != see(report)[name]}
    assert "series/river.trips" in changed
    assert all(name.startswith("series/") for name in changed)
    ranked = report.series["river.trips"]
    more = ranked.model_copy(update={"sources": (*ranked.sources, ("later",))})
    assert see(replace(report, series={**report.series, more.id: more})) == see(report)


def test_keeping_all_names_keeps_all_facts() -> None:
    """A freeze by itself changes nothing."""
    report = make_second_report()

    frozen, edition = freeze(report), report.editions[0]

    assert see(frozen) == see(report)
    kept = keep_frozen(frozen, frozen.frozen["2026"])
    assert kept.events == make_view(report, edition).events
    assert make_view(frozen, edition).vintages == make_view(report, edition).vintages


def test_a_series_without_points_stays_declared() -> None:
    """What nothing was known of is still asked for, and its words may change unseen."""
    report = make_second_report()
    empty = report.series["river.trips"].model_copy(update={"id": "lake.trips"})
    frozen = freeze(replace(report, series={**report.series, empty.id: empty}))

    assert make_view(frozen, frozen.editions[0]).series["lake.trips"].points == ()
    retold = empty.model_copy(update={"definition": {"en": "Other words"}})
    assert see(replace(frozen, series={**frozen.series, empty.id: retold})) == see(frozen)


def test_what_the_report_declares_later_is_not_seen() -> None:
    """A language, kinds, a method and a description; its publisher is on every edition's feed."""
    report = freeze(make_second_report())
    declared = report.declaration
    kind = declared.kinds[0].model_copy(update={"id": "late", "folder": "late"})

    def declare(**changed: object) -> Report:
        return replace(report, declaration=declared.model_copy(update=changed))

    grown = declare(
        languages=(*declared.languages, "fr"),
        kinds=(*declared.kinds, kind),
        event_kinds=(*declared.event_kinds, "late"),
        methods=("plan",),
        description={"en": "Other words"},
    )
    assert see(grown) == see(report)
    found = see(declare(publisher="Somebody else"))
    assert {name for name in found if found[name] != see(report)[name]} == {"report"}


def test_two_events_may_set_one_target() -> None:
    """Each has a name of its own."""
    report = make_second_report()
    target = report.targets[0]
    other = next(event.id for event in report.events if event.id != target.event)
    more = target.model_copy(update={"event": other})
    names = set(see(replace(report, targets=(target, more))))

    first = f"target/{target.series}/{target.by}/"
    assert {first + target.event, first + other} <= names


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=4))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    """Equal values have one hash."""
    assert hash_value(value) == hash_value(dict(reversed(value.items())))
