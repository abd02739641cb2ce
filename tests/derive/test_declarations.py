"""A declaration that cannot be computed is told so in words that say what to write."""

from collections.abc import Mapping
from typing import Any

import pytest

from report.derive import check_derived
from report.model import DerivedDeclaration, Frequency, SeriesDeclaration
from tests.derive.examples import declare, declare_series, make_unit

UNITS = {
    "t": make_unit("t"),
    "usd": make_unit("usd", "{} USD"),
    "percent": make_unit("percent", "{}%"),
    "share": make_unit("share", "{}%", maximum="100"),
    "points": make_unit("points", "{} percentage points"),
    "number": make_unit("number", "{}"),
}
SERIES: Mapping[str, SeriesDeclaration] = {
    "trade.coal": declare_series("trade.coal"),
    "trade.oil": declare_series("trade.oil"),
    "value.coal": declare_series("value.coal", "usd"),
    "value.oil": declare_series("value.oil", "usd"),
    "rate.one": declare_series("rate.one", "percent"),
    "rate.two": declare_series("rate.two", "percent"),
    "coal.monthly": declare_series("coal.monthly", frequency=Frequency.MONTHLY),
    "coal.ytd": declare_series("coal.ytd", frequency=Frequency.YEAR_TO_DATE),
    "coal.ttm": declare_series("coal.ttm", frequency=Frequency.TWELVE_MONTHS),
    "coal.daily": declare_series("coal.daily", frequency=Frequency.DAILY),
    "coal.irregular": declare_series("coal.irregular", frequency=Frequency.IRREGULAR),
}


def check(*declarations: DerivedDeclaration) -> list[str]:
    """Findings as `id: what; remedy`."""
    by_id = {declaration.id: declaration for declaration in declarations}
    return [
        f"{name}: {what}; {remedy}" for name, what, remedy in check_derived(by_id, SERIES, UNITS)
    ]


def check_one(operation: str, *of: str, unit: str = "t", **options: Any) -> list[str]:
    """Findings on one declaration, without its id."""
    declaration = declare(operation, *of, unit=unit, **options)
    return [finding.removeprefix("x: ") for finding in check(declaration)]


def test_sound_declarations_pass() -> None:
    """One of each way to declare units, among them a series of a derived series."""
    assert (
        check(
            declare("sum", "trade.coal", "trade.oil", name="all"),
            declare("share", "trade.coal", "all", name="part", unit="share"),
            declare("change", "part", name="step", unit="points"),
            declare("growth", "all", name="rate", unit="percent", years=2),
            declare("ratio", "value.coal", "trade.coal", name="price", unit="number"),
            declare("index", "price", name="level", unit="number", base=2015),
            declare("percentile", "price", name="place", unit="share"),
            declare("difference", "rate.one", "rate.two", name="gap", unit="points"),
            declare("difference", "rate.one", "rate.two", name="rest", unit="percent"),
            declare("period_sum", "coal.monthly", name="year", to="year"),
            declare("sum", "year", "trade.oil", name="both"),
        )
        == []
    )


def test_unknown_operation_is_told_the_nearest() -> None:
    """A slip of the pen is put right by name."""
    assert check_one("groth", "trade.coal") == ["unknown operation 'groth'; did you mean 'growth'?"]


def test_operation_like_no_other_is_told_all() -> None:
    """Where nothing is near, all operations are listed."""
    (finding,) = check_one("zzz", "trade.coal")

    assert finding.startswith("unknown operation 'zzz'; use one of cagr, change,")


def test_unknown_inputs_are_all_told() -> None:
    """Each unknown input has a finding of its own."""
    assert check_one("sum", "trade.cool", "zzz") == [
        "unknown input 'trade.cool'; did you mean 'trade.coal'?",
        "unknown input 'zzz'; declare it, or use a declared series",
    ]


def test_unknown_unit_is_told() -> None:
    """Units are names like others."""
    assert check_one("sum", "trade.coal", "trade.oil", unit="usdd") == [
        "unknown unit 'usdd'; did you mean 'usd'?"
    ]
    assert check_one("sum", "trade.coal", "trade.oil", unit="zzz") == [
        "unknown unit 'zzz'; declare it in data/units.csv"
    ]


@pytest.mark.parametrize(
    ("operation", "of", "wanted"),
    [
        ("growth", 2, "1 input (series)"),
        ("share", 1, "2 inputs (part, whole)"),
        ("sum", 1, "at least 2 inputs (term, and so on)"),
        ("grubel_lloyd", 3, "at least 2 inputs (exports, imports, and so on)"),
        ("complementarity", 2, "at least 4 inputs (exports of one, imports of the other, and so"),
        ("trade_intensity", 5, "3 to 4 inputs (exports to the partner, all exports, all imports"),
        ("product", 0, "at least 1 inputs (term, and so on)"),
    ],
)
def test_wrong_number_of_inputs_is_told_what_they_are(operation: str, of: int, wanted: str) -> None:
    """The finding names the part that each input plays."""
    (finding,) = check_one(operation, *["trade.coal"] * of, unit="percent")

    assert finding.startswith(f"{operation} does not take {of} inputs; give it {wanted}")


@pytest.mark.parametrize(
    ("operation", "options", "finding"),
    [
        ("growth", {"yeras": 2}, "unknown option 'yeras'; did you mean 'years'?"),
        ("growth", {"zz": 2}, "unknown option 'zz'; growth takes the options years, lag"),
        (
            "rolling_mean",
            {},
            "option 'window' is missing; add it; rolling_mean takes the options window",
        ),
        (
            "rolling_mean",
            {"window": "3"},
            "option 'window' is '3'; input should be a valid integer",
        ),
        ("rolling_mean", {"window": True}, "option 'window' is True; input should be a valid int"),
        ("rolling_mean", {"window": 1}, "option 'window' is 1; input should be greater than or"),
        ("period_mean", {"to": "week"}, "option 'to' is 'week'; input should be 'year', 'quarter'"),
        ("growth", {"years": 1, "lag": 1}, "the options of growth do not go together; give either"),
        ("index", {"base": "2015-13"}, "option 'base' is '2015-13'; write a period such as 2015,"),
        ("index", {"base": True}, "option 'base' is True; write a period such as 2015,"),
        ("product", {"factor": 0.1}, "option 'factor' is 0.1; write a plain number in quotes"),
        ("product", {"factor": "1e3"}, "option 'factor' is '1e3'; write a plain number in quotes"),
        ("product", {"factor": True}, "option 'factor' is True; write a plain number in quotes"),
        ("product", {"factor": "NaN"}, "option 'factor' is 'NaN'; write a plain number in quotes"),
        ("product", {"factor": 2}, "the options of product do not go together; a factor needs a"),
        ("cagr", {}, "the options of cagr do not go together; give either start and end, or years"),
        ("cagr", {"start": 2001}, "the options of cagr do not go together; give either start and"),
        (
            "cagr",
            {"start": 2001, "end": 2002, "years": 1},
            "the options of cagr do not go together; give either start and end, or years",
        ),
        (
            "cagr",
            {"start": 2002, "end": 2001},
            "the options of cagr do not go together; start and end are years, halves",
        ),
        (
            "cagr",
            {"start": "2001-Q1", "end": 2002},
            "the options of cagr do not go together; start and end are years, halves",
        ),
        (
            "cagr",
            {"start": "2001-01-01", "end": "2002-01-01"},
            "the options of cagr do not go together; start and end are years, halves",
        ),
        ("volatility", {}, "the options of volatility do not go together; give either by: year"),
        (
            "volatility",
            {"window": 9, "min_changes": 3},
            "the options of volatility do not go together; min_changes goes with by: year",
        ),
    ],
)
def test_options_that_do_not_fit_are_told(
    operation: str, options: dict[str, Any], finding: str
) -> None:
    """Unknown, missing and ill-typed options each have their words."""
    (found,) = check_one(operation, "trade.coal", unit="t", **options)

    assert found.startswith(finding)


def test_a_period_is_asked_for_as_it_can_be_written() -> None:
    """Each way that the remedy names is a base that an index takes."""
    (finding,) = check_one("index", "trade.coal", unit="number", base="2015-13")

    assert finding == (
        "option 'base' is '2015-13'; write a period such as 2015, 2015-Q1 or 2015-03"
    )
    for base in ("2015", "2015-Q1", "2015-03"):
        assert check_one("index", "trade.coal", unit="number", base=base) == []


def test_operation_without_options_says_so() -> None:
    """Where nothing can be set, that is the remedy."""
    assert check_one("sum", "trade.coal", "trade.oil", zz=1) == [
        "unknown option 'zz'; sum takes no options"
    ]


@pytest.mark.parametrize("operation", ["sum", "difference", "share", "mirror_gap", "herfindahl"])
def test_inputs_of_different_units_do_not_go_together(operation: str) -> None:
    """Tonnes and dollars are neither added nor compared."""
    (finding,) = check_one(operation, "trade.coal", "value.coal")

    assert finding.startswith(
        "inputs 'trade.coal' in 't' and 'value.coal' in 'usd' do not go together; "
        f"{operation} wants one unit; convert one of them with product first"
    )


def test_pairs_and_sides_may_have_units_of_their_own() -> None:
    """The first pair in tonnes and the second in dollars is right, across pairs it is not."""
    tonnes, dollars = ("trade.coal", "trade.oil"), ("value.coal", "value.oil")
    advantage = "revealed_comparative_advantage"

    assert check_one(advantage, *tonnes, *dollars, unit="number") == []
    assert len(check_one(advantage, "trade.coal", *dollars, "trade.oil", unit="number")) == 2
    sides = ("trade.coal", "value.coal", "trade.oil", "value.oil")
    assert check_one("complementarity", *sides, unit="number") == []
    mixed = ("trade.coal", "value.coal", "value.oil", "trade.oil")
    assert len(check_one("complementarity", *mixed, unit="number")) == 2


def test_third_of_three_inputs_of_trade_intensity_is_a_percentage() -> None:
    """A weight that is not in percent would be wrong a hundredfold."""
    flows = ("trade.coal", "trade.oil")

    assert check_one("trade_intensity", *flows, "rate.one", unit="number") == []
    assert check_one("trade_intensity", *flows, "value.oil", unit="number") == [
        "input 'value.oil' is in 'usd', not in percent; use a share in percent here"
    ]
    assert check_one("trade_intensity", "trade.coal", "value.oil", "rate.one", unit="number") == [
        (
            "inputs 'trade.coal' in 't' and 'value.oil' in 'usd' do not go together; "
            "trade_intensity wants one unit; convert one of them with product first"
        )
    ]


def test_four_inputs_of_trade_intensity_are_two_pairs() -> None:
    """Exports may be in tonnes and imports in dollars."""
    tonnes, dollars = ("trade.coal", "trade.oil"), ("value.coal", "value.oil")

    assert check_one("trade_intensity", *tonnes, *dollars, unit="number") == []
    assert (
        len(check_one("trade_intensity", "trade.coal", *dollars, "trade.oil", unit="number")) == 2
    )


@pytest.mark.parametrize(
    ("operation", "of", "unit", "remedy"),
    [
        ("sum", ("trade.coal", "trade.oil"), "usd", "write 't', the unit of the inputs"),
        ("change", ("trade.coal",), "usd", "write 't', the unit of the inputs"),
        ("change", ("rate.one",), "percent", "use a unit for percentage points"),
        ("difference", ("trade.coal", "trade.oil"), "usd", "write 't', the unit of the inputs"),
        (
            "difference",
            ("rate.one", "rate.two"),
            "share",
            "write 'percent', the unit of the inputs",
        ),
        ("share", ("trade.coal", "trade.oil"), "t", "use a unit that is written in percent"),
        ("growth", ("trade.coal",), "t", "use a unit that is written in percent, without an"),
        ("growth", ("trade.coal",), "share", "use a unit that is written in percent, without an"),
        ("herfindahl", ("trade.coal", "trade.oil"), "t", "use a unit for plain numbers"),
        ("herfindahl", ("trade.coal", "trade.oil"), "percent", "use a unit for plain numbers"),
        ("percentile", ("trade.coal",), "t", "use a unit for numbers from 0 to 100"),
        ("index", ("trade.coal",), "percent", "use a unit for index numbers"),
    ],
)
def test_unit_that_does_not_fit_the_result_is_told(
    operation: str, of: tuple[str, ...], unit: str, remedy: str
) -> None:
    """Where the operation determines the unit, another is refused."""
    options = {"base": 2015} if operation == "index" else {}

    (finding,) = check_one(operation, *of, unit=unit, **options)

    assert finding.startswith(f"unit {unit!r} does not fit the result; {remedy}")


def test_unknown_unit_of_an_input_is_told_where_it_is_declared() -> None:
    """A fault of one declaration is not repeated at each that uses it."""
    findings = check(
        declare("sum", "trade.coal", "trade.oil", name="all", unit="zzz"),
        declare("growth", "all", name="rate", unit="percent"),
    )

    assert [finding.split(":")[0] for finding in findings] == ["all"]


def test_fault_of_an_input_is_told_once() -> None:
    """A series that uses one with an unknown operation has no fault of its own."""
    findings = check(
        declare("groth", "trade.coal", name="rate", unit="percent"),
        declare("sum", "rate", "rate.one", name="both", unit="percent"),
    )

    assert findings == ["rate: unknown operation 'groth'; did you mean 'growth'?"]


@pytest.mark.parametrize(
    ("operation", "source", "options"),
    [
        ("rolling_mean", "trade.coal", {"window": 1}),
        ("rolling_mean", "trade.cool", {"window": 3}),
        ("rolling_mean", "coal.monthly", {"window": 1}),
        ("period_mean", "coal.monthly", {"to": "week"}),
    ],
)
def test_who_uses_what_is_not_sound_has_no_fault(operation: str, source: str, options: Any) -> None:
    """Wrong options or an unknown input of one series are told there alone."""
    findings = check(
        declare(operation, source, name="mean", **options),
        declare("sum", "mean", "trade.oil", name="both"),
    )

    assert [finding.split(":")[0] for finding in findings] == ["mean"]


def test_circle_is_told_at_each_of_its_members() -> None:
    """Who is in a circle is told the way round; who only uses one is not."""
    findings = check(
        declare("growth", "b", name="a", unit="percent"),
        declare("sum", "trade.coal", "a", name="b"),
        declare("percentile", "a", name="c", unit="number"),
    )

    assert findings == [
        "a: it is computed from itself: a from b from a; let one of them use observed series only",
        "b: it is computed from itself: b from a from b; let one of them use observed series only",
    ]


def test_circle_does_not_hold_up_who_uses_it() -> None:
    """Whose inputs lead round before they lead anywhere else."""
    findings = check(
        declare("growth", "b", name="a", unit="percent"),
        declare("sum", "a", "trade.coal", name="b"),
        declare("percentile", "a", name="c", unit="number"),
    )

    assert [finding.split(":")[0] for finding in findings] == ["a", "b"]


def test_series_of_itself_is_a_circle() -> None:
    """The shortest circle is found too."""
    assert check_one("growth", "x", unit="percent") == [
        "it is computed from itself: x from x; let one of them use observed series only"
    ]


def test_circle_is_found_beside_a_shared_input() -> None:
    """A series that two others use is looked at once."""
    findings = check(
        declare("sum", "b", "c", name="a"),
        declare("sum", "d", "trade.coal", name="b"),
        declare("sum", "d", "trade.coal", name="c"),
        declare("sum", "trade.coal", "trade.oil", name="d"),
    )

    assert findings == []


def test_inputs_that_never_meet_are_told() -> None:
    """Years and months have no period in common, so the result would be empty."""
    assert check_one("sum", "trade.coal", "coal.monthly") == [
        (
            "inputs are annual and monthly, which do not go together; "
            "bring them to one length first, with period_sum, period_mean or period_last"
        )
    ]
    assert check_one("sum", "trade.coal", "coal.irregular") == []


def test_frequency_of_a_derived_input_is_followed() -> None:
    """A year made of months meets years; growth of months still does not."""
    findings = check(
        declare("growth", "coal.monthly", name="rate", unit="percent"),
        declare("sum", "rate", "rate.one", name="mixed", unit="percent"),
        declare("volatility", "coal.monthly", name="risk", unit="percent", by="year"),
        declare("sum", "risk", "rate.one", name="fine", unit="percent"),
        declare("drawdown", "coal.monthly", name="loss", unit="percent", by="running"),
        declare("sum", "loss", "rate.one", name="unlike", unit="percent"),
    )

    assert [finding.split(":")[0] for finding in findings] == ["mixed", "unlike"]


@pytest.mark.parametrize(
    ("operation", "source", "options", "reason"),
    [
        ("period_sum", "coal.ytd", {"to": "year"}, "year-to-date values overlap"),
        ("rolling_mean", "coal.ytd", {"window": 3}, "year-to-date values overlap"),
        ("period_last", "coal.ytd", {"to": "quarter"}, "year-to-date values overlap"),
        ("change", "coal.ytd", {"lag": 1}, "year-to-date values overlap"),
        ("period_sum", "coal.ttm", {"to": "year"}, "sums of twelve months overlap"),
        ("rolling_mean", "coal.ttm", {"window": 3}, "sums of twelve months overlap"),
        ("period_sum", "trade.coal", {"to": "year"}, "annual values have nothing to bring"),
        ("period_last", "trade.coal", {"to": "month"}, "annual values have nothing to bring"),
        ("period_mean", "coal.monthly", {"to": "month"}, "monthly values have nothing to bring"),
    ],
)
def test_frequency_that_makes_no_sense_is_told(
    operation: str, source: str, options: dict[str, Any], reason: str
) -> None:
    """What would be counted twice, or come out empty, is refused with its reason."""
    (finding,) = check_one(operation, source, **options)

    frequency = SERIES[source].frequency.value
    assert finding.startswith(f"{operation} cannot take {frequency} values: {reason}")
    assert finding.endswith("; use a series of another frequency")


@pytest.mark.parametrize("operation", ["volatility", "drawdown"])
def test_annual_values_do_not_move_within_a_year(operation: str) -> None:
    """Risk by year needs values within the year; a window or running drawdown does not."""
    (finding,) = check_one(operation, "trade.coal", unit="percent", by="year")

    assert finding == (
        f"{operation} cannot take annual values: annual values do not move within a year; "
        "use a series of another frequency"
    )
    other = {"window": 5} if operation == "volatility" else {"by": "running"}
    assert check_one(operation, "trade.coal", unit="percent", **other) == []


def test_overlapping_values_have_no_volatility() -> None:
    """What counts the same months several times hardly moves."""
    (finding,) = check_one("volatility", "coal.ytd", unit="percent", window=3)

    assert finding.startswith("volatility cannot take ytd values: year-to-date values overlap")


def test_the_unit_of_a_mirror_gap_hangs_on_its_options() -> None:
    """Percent where it is relative, else that of both reports."""
    reports = ("trade.coal", "trade.oil")

    assert check_one("mirror_gap", *reports, unit="percent") == []
    assert check_one("mirror_gap", *reports, unit="t", relative=False) == []
    assert len(check_one("mirror_gap", *reports, unit="t")) == 1
    assert len(check_one("mirror_gap", *reports, unit="percent", relative=False)) == 1


def test_year_to_date_values_may_be_compared_by_year_and_taken_at_the_end() -> None:
    """January to March on January to March is sound, and December's value is the year's."""
    assert check_one("growth", "coal.ytd", unit="percent") == []
    assert check_one("period_last", "coal.ytd", to="year") == []
    assert check_one("period_mean", "coal.daily", to="month") == []
