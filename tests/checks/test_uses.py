"""Nothing is declared in vain; what cannot be known because of another fault is not guessed."""

from __future__ import annotations

import pytest

from report.checks.uses import check_uses
from report.facts import parse_facts
from tests.examples import change_facts, read_data, show

UNUSED = ("data/units.csv", "", "hours,hours,{} hours,1,0,\n")


def test_what_nothing_uses_is_found() -> None:
    """A unit without series is one too many."""
    assert show(check_uses(change_facts(UNUSED))) == ["units.csv:9:1 E330"]


@pytest.mark.parametrize(
    "change",
    [
        ("data/series.csv", "id,title", "id,name"),
        ("data/observations/x.csv", "", "series;period\n"),
        ("data/derived.yml", "derived:", "derived: ["),
    ],
)
def test_with_a_file_unread_nothing_can_be_called_unused(change: tuple[str, str, str]) -> None:
    """The unread file may hold the use."""
    assert show(check_uses(change_facts(UNUSED, change))) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/observations/paths.csv", "quality.lit,2023,35", "quality.lit,2023,35%"),
        ("data/framework/opportunities.csv", ",plan,6", ",plan"),
        ("data/figures/home.yml", "    form: bars\n", ""),
        ("data/derived.yml", "    operation: growth\n", ""),
    ],
)
def test_a_faulty_use_is_a_use(path: str, old: str, new: str) -> None:
    """One fault does not make what it names unused."""
    assert show(check_uses(change_facts((path, old, new)))) == []


def test_a_question_needs_an_answer_or_a_stated_gap() -> None:
    """With a gap stated no figure is needed; with neither, one is."""
    change = (
        "data/framework/questions.csv",
        "Nobody counts loads; a yearly survey of carriers would answer it.",
        "",
    )

    assert show(check_uses(change_facts(change))) == ["framework/questions.csv:5:1 E340"]


def test_an_edition_is_needed() -> None:
    """Without a cut-off there is nothing to show."""
    facts = change_facts()
    facts.editions.clear()

    assert show(check_uses(facts)) == ["editions:1:1 E101"]


SOURCE = ("data/sources.csv", "", "diary,Riders,Diaries,,,2026,2026-10-01,CC0 1.0,yes,\n")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (
            "data/framework/measures.csv",
            "between the two towns,plan",
            "between the two towns,diary",
        ),
        ("data/framework/constraints.csv", "in spring,plan", "in spring,diary"),
        ("data/framework/opportunities.csv", "bicycle,plan", "bicycle,diary"),
        ("data/claims.csv", "s-noise,plan", "s-noise,diary"),
        ("data/events.csv", "restricts,counters", "restricts,diary"),
        ("data/institutions.csv", "path-quality,survey", "path-quality,diary"),
        ("data/framework/pages.csv", "Path quality,plan", "Path quality,diary"),
        ("data/report.yml", "event_kinds:", "methods: [diary]\nevent_kinds:"),
    ],
)
def test_a_source_is_used_wherever_it_may_be_cited(path: str, old: str, new: str) -> None:
    """One that nothing cites is one too many."""
    assert show(check_uses(change_facts(SOURCE))) == ["sources.csv:5:1 E330"]
    assert show(check_uses(change_facts(SOURCE, (path, old, new)))) == []


def test_a_source_that_only_gives_values_is_used() -> None:
    """As most of them do."""
    row = "hill.length,2021,11,final,2022-03-01,diary,,,first\n"

    assert show(check_uses(change_facts(SOURCE, ("data/observations/paths.csv", "", row)))) == []


def test_a_row_that_breaks_off_behind_its_source_is_a_use() -> None:
    """It would have been the value that a ranked source gives."""
    length = "hill corridor,,Length that is open at the end of the year,up,counters"
    ranked = ("data/series.csv", length, f"{length} > survey")
    header = "series,source,period,value,status,published,locator,note,reason\n"
    broken = ("data/observations/x.csv", "", f"{header}hill.length,survey\n")

    assert show(check_uses(change_facts(ranked))) == ["series.csv:7:123 E331"]
    assert show(check_uses(change_facts(ranked, broken))) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "unused"),
    [
        ("data/series.csv", ",km,", ",kms,", "km"),
        ("data/observations/paths.csv", "crashes.river,", "crash.river,", "crashes.river"),
        ("data/observations/paths.csv", ",counters,table 5", ",counter,table 5", "counters"),
        ("data/figures/path-quality.yml", "quality-share", "quality-shares", "quality-share"),
    ],
)
def test_what_is_meant_by_a_wrong_name_is_not_called_unused(
    path: str, old: str, new: str, unused: str
) -> None:
    """Whoever took it away, as was said, would lose what a misspelt name was meant for."""
    text = read_data()[path]
    assert old in text
    facts = parse_facts(read_data() | {path: text.replace(old, new)})

    assert not [one for one in check_uses(facts) if unused in one.what]


@pytest.mark.parametrize(
    "change",
    [
        (
            "data/observations/paths.csv",
            "",
            "both.trips,2020,5,final,2021-03-01,counters,,,first\n",
        ),
        ("data/series.csv", "hill corridor,km,annual", "hill corridor,km,yearly"),
        ("data/units.csv", "{} thousand trips,1,", "{} thousand trips,one,"),
    ],
    ids=["computed", "unread series", "unread unit"],
)
def test_other_faults_hide_nothing_that_is_unused(change: tuple[str, str, str]) -> None:
    """A computed series is declared, and so is what stands in a row that could not be read."""
    found = [one.what for one in check_uses(change_facts(UNUSED, change))]

    assert "no series uses the unit 'hours'" in found


def test_a_rank_is_not_refused_whose_values_name_a_source_that_is_not_there() -> None:
    """The values may be meant to be of the source that has the rank."""
    length = "hill corridor,,Length that is open at the end of the year,up,counters"
    ranked = ("data/series.csv", length, f"{length} > survey")
    row = "hill.length,2021,11,final,2022-03-01,{},,,first\n"

    assert show(check_uses(change_facts(ranked))) == ["series.csv:7:123 E331"]
    for wrong in (
        row.format("surveys"),
        row.format("plan"),
        row.replace("h,", "hs,").format("survey"),
    ):
        change = ("data/observations/paths.csv", "", wrong)
        assert show(check_uses(change_facts(ranked, change))) == []
