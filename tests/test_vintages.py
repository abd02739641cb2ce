"""What was known on a day is exactly that, whatever came later and however rows are ordered."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from report.model import Observation, Point, Series, Status
from report.periods import parse_period
from report.vintages import as_of, choose_points, first_published
from tests.examples import declare_series, observe

START = date(2020, 1, 1)
SERIES = declare_series("s", (("a",), ("b", "c")))
periods = st.sampled_from([parse_period("2018"), parse_period("2019")])
days = st.integers(0, 12).map(lambda count: START + timedelta(days=count))


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """One row of one of three sources, with or without a value."""
    status = draw(st.sampled_from(list(Status)))
    empty = status in {Status.NOT_PUBLISHED, Status.RETRACTED}
    return Observation(
        series="s",
        period=draw(periods),
        value=None if empty else Decimal(draw(st.integers(-9, 9))),
        status=status,
        published=draw(days),
        source=draw(st.sampled_from("abc")),
    )


def key(row: Observation) -> object:
    """What no two rows of a report share."""
    return row.series, row.period, row.source, row.published


tables = st.lists(observations(), max_size=24, unique_by=key)


def see(rows: list[Observation], cut_off: date) -> tuple[Point, ...]:
    """The points of the series as known on a day."""
    return as_of({"s": SERIES}, rows, cut_off)["s"].points


@given(tables, days)
def test_nothing_published_later_shows(rows: list[Observation], cut_off: date) -> None:
    """No point was published after the cut-off."""
    assert all(point.published <= cut_off for point in see(rows, cut_off))


@given(tables, tables, days)
def test_what_is_published_later_never_changes_an_earlier_view(
    rows: list[Observation], more: list[Observation], cut_off: date
) -> None:
    """A published edition stays as it is, whatever comes."""
    later = [row for row in more if row.published > cut_off]

    assert see([*rows, *later], cut_off) == see(rows, cut_off)


@given(st.randoms(use_true_random=False), tables, days)
def test_the_order_of_rows_never_matters(
    random: object, rows: list[Observation], cut_off: date
) -> None:
    """Rows may be sorted or spread over files at will."""
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined] # a random.Random

    assert see(mixed, cut_off) == see(rows, cut_off)


@settings(max_examples=3 * settings().max_examples)
@given(tables, days)
def test_the_point_of_a_period_is_the_one_the_rules_name(
    rows: list[Observation], cut_off: date
) -> None:
    """An independent telling of the rules gives the same points."""
    expected = {}
    for period in {row.period for row in rows}:
        standing = []
        for source, rank in (("a", 0), ("b", 1), ("c", 1)):
            known = [
                row
                for row in rows
                if (row.period, row.source) == (period, source) and row.published <= cut_off
            ]
            last = max(known, key=lambda row: row.published, default=None)
            if last is not None and last.status is not Status.RETRACTED:
                standing.append((rank, last))
        with_value = [pair for pair in standing if pair[1].value is not None]
        pool = with_value or standing
        best = min((rank for rank, _ in pool), default=None)
        ranked = [row for rank, row in pool if rank == best]
        newest = max((row.published for row in ranked), default=None)
        if ranked:
            winner = min(
                (row for row in ranked if row.published == newest), key=lambda row: row.source
            )
            expected[period] = winner
    points = see(rows, cut_off)

    assert [point.period for point in points] == sorted(expected)
    for point in points:
        row = expected[point.period]
        assert (point.value, point.status, point.sources, point.published) == (
            row.value,
            row.status,
            (row.source,),
            row.published,
        )


def show(*rows: Observation) -> list[tuple[str, str, str]]:
    """Points of the series as period, value and source."""
    points = choose_points(SERIES, rows)
    return [(str(p.period), str(p.value), p.sources[0]) for p in points]


def test_a_later_vintage_of_a_source_replaces_the_earlier() -> None:
    """Within one source the value published last stands."""
    assert show(
        observe("s", "2019", "2", "2021-01-01"), observe("s", "2019", "1", "2020-01-01")
    ) == [("2019", "2", "a")]


def test_the_better_rank_wins_though_published_earlier() -> None:
    """Preference comes before freshness."""
    assert show(
        observe("s", "2019", "1", "2020-01-01", "a"), observe("s", "2019", "2", "2022-01-01", "b")
    ) == [("2019", "1", "a")]


def test_within_a_rank_the_newest_wins_whatever_the_source() -> None:
    """Sources of equal standing compete by date."""
    assert show(
        observe("s", "2019", "1", "2020-01-01", "b"), observe("s", "2019", "2", "2022-01-01", "c")
    ) == [("2019", "2", "c")]


def test_a_retraction_gives_the_next_source_its_turn() -> None:
    """What a source took back no longer shows; without another source nothing does."""
    value = observe("s", "2019", "1", "2020-01-01", "a")
    back = observe("s", "2019", None, "2021-01-01", "a", status=Status.RETRACTED)
    other = observe("s", "2019", "2", "2019-06-01", "b")

    assert show(value, back, other) == [("2019", "2", "b")]
    assert show(value, back) == []


def test_a_retracted_value_shows_again_only_when_published_anew() -> None:
    """A later value of the same source ends its retraction."""
    value = observe("s", "2019", "1", "2020-01-01", "a")
    back = observe("s", "2019", None, "2021-01-01", "a", status=Status.RETRACTED)
    again = observe("s", "2019", "3", "2022-01-01", "a")

    assert show(value, back, again) == [("2019", "3", "a")]


def test_not_published_shows_only_where_no_value_stands() -> None:
    """A source's silence hides no other source's value, and is no zero."""
    silent = observe("s", "2019", None, "2022-01-01", "a")
    other = observe("s", "2019", "2", "2020-01-01", "c")

    assert show(silent, other) == [("2019", "2", "c")]
    assert show(silent) == [("2019", "None", "a")]


def test_a_source_that_stops_publishing_takes_its_earlier_value_away() -> None:
    """The last word of a source stands, also when it is "not published"."""
    assert show(
        observe("s", "2019", "1", "2020-01-01"), observe("s", "2019", None, "2021-01-01")
    ) == [("2019", "None", "a")]


def test_a_source_without_rank_never_shows() -> None:
    """Only the declared sources have a say."""
    assert show(observe("s", "2019", "1", source="z")) == []


def test_a_series_of_which_nothing_is_known_has_no_points() -> None:
    """It is there all the same, so that words can ask for it."""
    assert see([], START) == ()


def test_points_carry_the_note_of_their_row() -> None:
    """What was said of a value goes where the value goes."""
    row = Observation(
        "s", parse_period("2019"), Decimal(1), Status.ESTIMATE, START, "a", note="rounded"
    )

    assert choose_points(SERIES, [row])[0].note == "rounded"


def test_a_series_is_there_before_anything_is_published() -> None:
    """With its declaration and without points."""
    row = observe("s", "2019", "1", "2026-01-02", "a")

    assert as_of({"s": SERIES}, [row], date(2026, 1, 1)) == {"s": Series(SERIES, ())}


def test_the_first_published_value_is_the_earliest_with_a_value() -> None:
    """Silence is no first value; on the same day the source's name decides."""
    rows = [
        observe("s", "2019", None, "2019-01-01", "a"),
        observe("s", "2019", "2", "2020-01-01", "b"),
        observe("s", "2019", "1", "2020-01-01", "a"),
        observe("s", "2019", "3", "2021-01-01", "a"),
    ]

    first = first_published(rows)

    assert {name: str(row.value) for (name, _), row in first.items()} == {"s": "1"}
