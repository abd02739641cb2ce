"""Pages say of each indicator, in a word and a shape, how it moved and between which years."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

from report.indicators import Indicators, IndicatorView
from report.model import View
from report.progress import Judgement
from report.views import make_view
from tests.examples import ENGLISH, make_second_report, make_second_view
from tests.test_pages import compose_once

INDICATORS = Indicators(make_second_view(), ENGLISH)


def see(day: date) -> View:
    """The second report as it was known on a day."""
    report = make_second_report()
    return make_view(report, report.editions[0].model_copy(update={"cut_off": day}))


def show(name: str, indicators: Indicators = INDICATORS) -> IndicatorView:
    """An indicator that must be there."""
    shown = indicators.of(name)
    assert shown is not None
    return shown


def test_an_indicator_shows_its_goal_its_years_and_its_growth() -> None:
    """Trips: the estimate of 2020, 362, and 540 in 2025; (540 / 362)^(1/5) is 1.08327."""
    trips = show("river.trips")

    assert (trips.goal, trips.short.words) == ("should rise", "Significant progress")
    assert (trips.short.years, trips.short.growth) == ("2020–2025", "+8.33%")
    assert (trips.long.words, trips.long.years, trips.long.growth) == ("Cannot be judged", "", "")
    assert trips.long.obstacle == "no value about 15 years before the newest"


def test_an_indicator_that_should_fall_says_so() -> None:
    """Riding time is known for three years only."""
    time = show("river.time")

    assert (time.goal, time.short.words) == ("should fall", "Cannot be judged")
    assert time.short.obstacle == "no value about 5 years before the newest"


def test_months_give_no_judgement() -> None:
    """The same trips by month are not judged by the year."""
    assert show("river.trips_month").short.obstacle == "no yearly values"


def test_what_has_no_goal_is_no_indicator() -> None:
    """A growth rate and a share declare no direction."""
    assert INDICATORS.of("river.trips.growth") is None
    assert INDICATORS.of("hill.trips.share") is None


def test_a_page_lists_the_indicators_of_its_tiles_and_then_of_its_figures() -> None:
    """Each once."""
    names = [item.series for item in INDICATORS.on_page("river-corridor")]

    assert names == ["river.trips", "river.time", "river.trips_month"]


def test_a_measure_has_the_indicators_of_its_evidence() -> None:
    """The newest status of one measure rests on trips, that of the other on an event."""
    newest = {name: found[-1] for name, found in INDICATORS.view.assessments.items()}

    assert [item.series for item in INDICATORS.in_evidence(newest["m-count"])] == ["river.trips"]
    assert INDICATORS.in_evidence(newest["m-bridge"]) == []
    assert INDICATORS.in_evidence(None) == []


def test_a_target_shows_what_it_requires_and_what_was_achieved() -> None:
    """410 in 2019, 600 by 2026: (600/410)^(1/7) is 1.05590; (540/410)^(1/6) is 1.04697."""
    [target] = INDICATORS.targets("river-corridor")

    assert (target.value, target.by) == ("600.0 thousand trips", "2026")
    assert (target.required, target.course.growth, target.course.years) == (
        *("+5.59%", "+4.70%", "2019–2025"),
    )
    # 0.04697 / 0.05590 is 0.840.
    assert (target.ratio, target.course.words) == ("84%", "Moderate progress")


def test_a_target_is_not_shown_before_it_was_set() -> None:
    """The plan of May 2018 became known in that year."""
    assert Indicators(see(date(2018, 1, 1)), ENGLISH).targets("river-corridor") == []


def test_an_edition_judges_by_what_it_knew() -> None:
    """Until March 2026 the newest year is 2024, and 2019 stands five years before it."""
    trips = show("river.trips", Indicators(see(date(2026, 2, 28)), ENGLISH))

    # (502 / 410)^(1/5) is 1.04132: the provisional value of 2024 stood then.
    assert (trips.short.years, trips.short.growth) == ("2019–2024", "+4.13%")


def test_without_goals_there_is_nothing_to_say() -> None:
    """A report that declares no direction shows no progress anywhere."""
    view = make_second_view()
    bare = {
        name: replace(series, declaration=series.declaration.model_copy(update={"desired": "none"}))
        for name, series in view.series.items()
    }

    assert INDICATORS.are_declared
    assert not Indicators(replace(view, series=bare), ENGLISH).are_declared


def test_every_judgement_has_words_of_its_own() -> None:
    """Colour is never all that tells them apart, nor a shape."""
    words = [INDICATORS.words(judgement) for judgement in Judgement]

    assert len(set(words)) == len(Judgement)


SHAPE = re.compile(
    r'<span class="progress progress--(\w+)"><svg class="progress__shape"[^>]* '
    r'aria-hidden="true"[^>]*><path d="([^"]+)"[^>]*/></svg> '
    r'<span class="progress__words">([^<]+)</span></span>'
)


def test_a_tile_shows_a_word_and_a_shape() -> None:
    """The first tile's trips rose; the second's riding time cannot be judged."""
    text = compose_once().markdown["corridors/river-corridor.md"]
    tiles = text[text.index('<ul class="tiles">') : text.index("</ul>")]

    assert [(m[0], m[2]) for m in SHAPE.findall(tiles)] == [
        ("significant_progress", "Significant progress"),
        ("not_judged", "Cannot be judged"),
    ]


def test_a_page_lists_progress_in_a_table() -> None:
    """Each indicator with both terms, then the target."""
    text = compose_once().markdown["corridors/river-corridor.md"]
    table = text[text.index("{: #progress }") : text.index("{: #limits }")]
    rows = re.findall(r'<tr role="row" data-(?:series|target)="([^"]+)">(.*?)</tr>', table)

    assert [(name, [m[2] for m in SHAPE.findall(row)]) for name, row in rows] == [
        ("river.trips", ["Significant progress", "Cannot be judged"]),
        ("river.time", ["Cannot be judged", "Cannot be judged"]),
        ("river.trips_month", ["Cannot be judged", "Cannot be judged"]),
        ("river.trips 2026 e-plan", ["Moderate progress"]),
    ]
    assert "2020–2025: +8.33% a year" in html.unescape(rows[0][1])
    assert "84% of the required growth" in html.unescape(rows[3][1])


def test_measures_show_their_progress_or_that_they_have_no_indicator() -> None:
    """On their page and in the register."""
    board = compose_once().markdown["corridors/river-corridor.md"]
    register = compose_once().markdown["measures.md"]

    for text, end in ((board, "</tr>"), (register, "</li>")):
        counting = text[text.index("m-count") :].split(end)[0]
        bridge = text[text.index("m-bridge") :].split(end)[0]
        assert [m[2] for m in SHAPE.findall(counting)] == ["Significant progress"]
        assert "Progress: no indicator" in bridge
        assert SHAPE.findall(bridge) == []


def test_a_tally_counts_judgements_from_best_to_worst() -> None:
    """Of the three indicators one makes significant progress and two cannot be judged."""
    tally = INDICATORS.tally(INDICATORS.on_page("river-corridor"))

    assert [(course.judgement, count) for course, count in tally] == [
        (Judgement.SIGNIFICANT_PROGRESS, 1),
        (Judgement.NOT_JUDGED, 2),
    ]
    assert INDICATORS.tally([]) == []
