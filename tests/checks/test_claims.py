"""A claim is tied to something that can test it, or says what is missing."""

from __future__ import annotations

import pytest

from report.checks.claims import check_claims
from report.checks.references import check_references
from report.facts import parse_facts
from tests.examples import read_data

COLUMNS = (
    *("id", "source", "section", "claim", "kind", "series", "first", "evidence", "formula"),
    *("period", "operator", "value", "unit", "tolerance", "figure", "made_on", "note"),
)
GOOD = {
    "id": "s-one",
    "source": "plan",
    "section": "1",
    "claim": "Trips in 2020",
    "kind": "value",
    "series": "river.trips",
    "period": "2020",
    "operator": "=",
    "value": "350",
    "unit": "trips",
    "made_on": "2021-06-30",
}


def judge(*changes: dict[str, str]) -> list[str]:
    """Problems of the second report with a claim for each of these changes, as code and words."""
    rows = [",".join((GOOD | change).get(column, "") for column in COLUMNS) for change in changes]
    table = "".join(f"{row}\n" for row in [",".join(COLUMNS), *rows])
    facts = parse_facts(read_data() | {"data/claims.csv": table})
    found = [*facts.problems, *check_references(facts), *check_claims(facts)]
    return [f"{problem.code} {problem.what}" for problem in found]


def test_a_whole_claim_has_no_problem() -> None:
    """Nor has one that counts happenings, that cannot be tested and says why, or that is new."""
    count = {"id": "s-two", "kind": "count", "series": "", "evidence": "e-plan", "unit": ""}
    silent = {"id": "s-three", "kind": "untestable", "unit": "km", "note": "Needed: a count"}
    newest = {"id": "s-four", "made_on": "2026-06-30"}

    assert judge({}, count, silent, newest) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"series": ""}, "E360 nothing is named that the claim 's-one' is tested with"),
        ({"kind": "untestable"}, "E361 the claim cannot be tested, yet nothing says what"),
        ({"value": ""}, "E362 value is missing"),
        ({"kind": "trend", "operator": "rising"}, "E362 value is 350"),
        ({"operator": "rising"}, "E362 a claim of kind value with operator rising"),
        ({"kind": "date", "value": ""}, "E362 no happening is named"),
        ({"unit": "km"}, "E363 unit is 'km', that of the series river.trips is 'trips'"),
        ({"made_on": "2026-07-01"}, "E364 made_on is 2026-07-01"),
        ({"formula": "share s-one"}, "E365 formula is 'share s-one'"),
        ({"formula": "power s-one s-one"}, "E365 formula is 'power s-one s-one'"),
        ({"period": "2020/2019"}, "E202 period is '2020/2019'"),
        ({"figure": "river-us"}, "E310 unknown figure 'river-us'"),
        ({"unit": "trip"}, "E310 unknown unit 'trip'"),
        ({"source": "plans"}, "E310 unknown source 'plans'"),
    ],
)
def test_what_a_verdict_needs_is_missed(change: dict[str, str], expected: str) -> None:
    """Each fault is named once, with what was found."""
    found = judge(change)

    assert found[0].startswith(expected) or found[-1].startswith(expected)


def test_a_formula_takes_claims_of_its_own_text_only() -> None:
    """Numbers of two texts that differ contradict nobody."""
    other = {"id": "s-two", "source": "survey"}
    mixed = {"id": "s-three", "formula": "sum s-one s-two"}

    assert judge({}, other, mixed) == ["E365 's-two' is no claim of the same text with a value"]


def test_a_whole_of_zero_troubles_shares_alone() -> None:
    """A share of something and a sum with nothing can both be worked out."""
    nothing = {"id": "s-none", "value": "0"}
    parts = {"series": "", "unit": "", "value": "350"}
    total = parts | {"id": "s-sum", "formula": "sum s-one s-none"}
    whole = parts | {"id": "s-share", "formula": "share s-none s-one"}

    assert judge({}, nothing, total, whole) == []
    assert judge({}, nothing, whole | {"formula": "share s-one s-none"}) == [
        "E365 's-none' is zero"
    ]


def test_a_formula_may_name_a_claim_that_is_not_there() -> None:
    """Which is told, and told once."""
    assert judge({"formula": "sum s-one s-none"}) == [
        "E365 's-none' is no claim of the same text with a value"
    ]


@pytest.mark.parametrize("cut_off", ["2026-06-31", ""])
def test_no_claim_is_late_while_a_cut_off_cannot_be_read(cut_off: str) -> None:
    """It may be the newest; the claims are as they should be, and the fault is told of."""
    late = ",".join((GOOD | {"made_on": "2026-06-30"}).get(column, "") for column in COLUMNS)
    data = read_data() | {"data/claims.csv": f"{','.join(COLUMNS)}\n{late}\n"}
    path = "data/editions/2026.yml"
    older = data[path].replace("2026", "2020")
    assert "cut_off: 2026-06-30" in data[path]
    broken = data[path].replace("cut_off: 2026-06-30", f"cut_off: {cut_off}")

    facts = parse_facts(data | {path: broken, "data/editions/2020.yml": older})

    assert [problem.place.file for problem in facts.problems] == [path]
    assert list(check_claims(facts)) == []


def test_several_late_claims_are_told_at_the_cut_off() -> None:
    """Who has typed a wrong cut-off would else be told to change the day of each claim."""
    rows = [GOOD | {"id": f"s-{at}", "made_on": f"2026-07-0{at}"} for at in range(1, 4)]
    table = "".join(f"{','.join(row.get(c, '') for c in COLUMNS)}\n" for row in rows)
    facts = parse_facts(read_data() | {"data/claims.csv": f"{','.join(COLUMNS)}\n{table}"})

    (problem,) = check_claims(facts)

    assert str(problem.place) == "data/editions/2026.yml:2:1"
    assert problem.what == (
        "3 claims are made after 2026-06-30, the newest cut-off, the last on 2026-07-03"
    )
    assert "data/claims.csv:2:" in problem.remedy


def test_a_unit_that_nobody_declared_is_told_alone() -> None:
    """The claim may well be in the unit that was meant."""
    assert judge({"unit": "trip"}) == ["E310 unknown unit 'trip'"]
    data = read_data()
    series = data["data/series.csv"].replace(
        "river.trips,Trips on the river corridor,trips",
        "river.trips,Trips on the river corridor,tripps",
    )
    assert series != data["data/series.csv"]
    row = ",".join(GOOD.get(column, "") for column in COLUMNS)
    table = f"{','.join(COLUMNS)}\n{row}\n"
    facts = parse_facts(data | {"data/series.csv": series, "data/claims.csv": table})

    assert list(check_claims(facts)) == []
