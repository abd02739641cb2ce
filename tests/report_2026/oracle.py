"""What the data say, worked out a second time without the machine's own reading and choosing.

Reads the CSV files with the standard library, picks values by the written rule (docs of
`data/series.csv`), and says sentences in the words that CONTRIBUTING.md promises. Only values of
computed series are taken from the machine: their operations have hand-worked tests of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property, lru_cache
from pathlib import Path

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as they stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Oracle:
    """Values of a report as known on a day, by series and period as written."""

    def __init__(
        self, root: Path, cut_off: str, computed: Mapping[str, Mapping[str, Decimal]]
    ) -> None:
        self.root, self.cut_off, self.computed = root, cut_off, computed

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        """All rows known by the cut-off, by series."""
        found: dict[str, list[dict[str, str]]] = {}
        for path in sorted((self.root / "data/observations").glob("*.csv")):
            for row in read_table(path):
                if row["published"] <= self.cut_off:
                    found.setdefault(row["series"], []).append(row)
        return found

    @cached_property
    def series(self) -> dict[str, dict[str, str]]:
        """Declarations by id."""
        return {row["id"]: row for row in read_table(self.root / "data/series.csv")}

    @cached_property
    def units(self) -> dict[str, dict[str, str]]:
        """Units by id."""
        return {row["id"]: row for row in read_table(self.root / "data/units.csv")}

    @lru_cache(maxsize=None)  # noqa: B019, UP033 - one oracle lives as long as the tests
    def values(self, series: str) -> dict[str, Decimal]:
        """The value of each period that stands, in order of time."""
        if series in self.computed:
            return dict(self.computed[series])
        ranks = [rank.split() for rank in self.series[series]["sources"].split(">")]
        best: dict[str, tuple[int, str, str, Decimal]] = {}
        for rank, sources in enumerate(ranks):
            for source in sources:
                mine = [row for row in self.rows.get(series, []) if row["source"] == source]
                groups: dict[str, list[dict[str, str]]] = {}
                for row in mine:
                    groups.setdefault(row["period"], []).append(row)
                for period, group in groups.items():
                    newest = max(group, key=lambda row: row["published"])
                    if newest["status"] in {"retracted", "not_published"}:
                        continue
                    value = Decimal(newest["value"])
                    offer = (rank, newest["published"], source, value)
                    if period not in best or _is_better(offer, best[period]):
                        best[period] = offer
        return {period: best[period][3] for period in sorted(best, key=_order)}

    # The functions of the words, in plain text.

    def functions(self, units: Mapping[str, str]) -> dict[str, Callable[..., object]]:
        """What a figure's words may call; `units` gives each computed series its unit."""
        self._computed_units = units
        names = [
            *("value", "period", "when", "change", "difference", "times", "first_value"),
            *(
                "newest_value",
                "trend",
                "extremes",
                "says",
                "term",
                "count_known",
                "quoted",
                "number",
                "first_number",
                "rises",
            ),
            *("falls", "is_record", "known", "newest", "earliest", "peak", "trough"),
        ]
        return {name: getattr(self, name) for name in names}

    def _unit(self, series: str) -> dict[str, str]:
        declared = self._computed_units.get(series) or self.series[series]["unit"]
        return self.units[declared]

    def number(self, series: str, period: object = None) -> Decimal:
        """A value."""
        values = self.values(series)
        return values[str(period)] if period is not None else list(values.values())[-1]

    def value(self, series: str, period: object = None, digits: int | None = None) -> str:
        """A value with its unit."""
        return self._amount(self.number(series, period), series, digits)

    def _amount(self, value: Decimal, series: str, digits: int | None = None) -> str:
        unit = self._unit(series)
        places = int(unit["digits"]) if digits is None else digits
        return unit["pattern"].replace("{}", write_number(value, places))

    def newest(self, series: str) -> str:
        """The newest period."""
        return list(self.values(series))[-1]

    def earliest(self, series: str) -> str:
        """The first period."""
        return next(iter(self.values(series)))

    def period(self, series: str) -> str:
        """The newest period in words."""
        return self.when(self.newest(series))

    def when(self, period: object) -> str:
        """A period in words."""
        year, *rest = str(period).split("-")
        if not rest:
            return year
        if rest[0].startswith(("Q", "H")):
            return f"{rest[0]} {year}"
        month = f"{MONTHS[int(rest[0]) - 1]} {year}"
        return f"{int(rest[1])} {month}" if len(rest) > 1 else month

    def newest_value(self, series: str) -> str:
        """The newest value and its period."""
        return f"{self.value(series)} in {self.period(series)}"

    def change(self, series: str, start: object, end: object = None, digits: int = 1) -> str:
        """Change in per cent."""
        gap = (self.number(series, end) / self.number(series, start) - 1) * 100
        return write_number(gap, digits, signed=True) + "%"

    def difference(self, series: str, start: object, end: object = None) -> str:
        """Change in the series' unit."""
        gap = self.number(series, end) - self.number(series, start)
        shown = write_number(gap, int(self._unit(series)["digits"]), signed=True)
        pattern = self._unit(series)["pattern"]
        return f"{shown} percentage points" if pattern == "{}%" else pattern.replace("{}", shown)

    def times(self, series: str, start: object, end: object = None, digits: int = 1) -> str:
        """How many times as large."""
        return write_number(self.number(series, end) / self.number(series, start), digits)

    def first_number(self, series: str, period: object) -> Decimal:
        """A value as first published."""
        rows = [row for row in self.rows[series] if row["period"] == str(period) and row["value"]]
        first = min(rows, key=lambda row: (row["published"], row["source"]))
        return Decimal(first["value"])

    def first_value(self, series: str, period: object, digits: int | None = None) -> str:
        """A value as first published, with its unit."""
        return self._amount(self.first_number(series, period), series, digits)

    def trend(self, series: str, start: object = None, end: object = None, name: str = "") -> str:
        """A sentence on the way from one value to another."""
        first, last = start or self.earliest(series), end or self.newest(series)
        before, after = self.number(series, first), self.number(series, last)
        title = name or self.titles[series]
        if before == after:
            shown = self.value(series, first)
            return f"{title} was {shown} in {self.when(first)} and the same in {self.when(last)}."
        verb = "rose" if after > before else "fell"
        return (
            f"{title} {verb} from {self.value(series, first)} in {self.when(first)} "
            f"to {self.value(series, last)} in {self.when(last)}."
        )

    titles: Mapping[str, str] = {}

    def _span(self, series: str, start: object, end: object) -> dict[str, Decimal]:
        return {
            period: value
            for period, value in self.values(series).items()
            if (start is None or _order(period) >= _order(str(start)))
            and (end is None or _order(period) <= _order(str(end)))
        }

    def peak(self, series: str, start: object = None, end: object = None) -> str:
        """The period of the highest value."""
        span = self._span(series, start, end)
        return max(span, key=lambda period: span[period])

    def trough(self, series: str, start: object = None, end: object = None) -> str:
        """The period of the lowest value."""
        span = self._span(series, start, end)
        return min(span, key=lambda period: span[period])

    def extremes(self, series: str, start: object = None, end: object = None) -> str:
        """A sentence on the highest and lowest value."""
        high, low = self.peak(series, start, end), self.trough(series, start, end)
        return (
            f"The highest value was {self.value(series, high)} in {self.when(high)}, "
            f"the lowest {self.value(series, low)} in {self.when(low)}."
        )

    def rises(self, series: str, start: object, end: object = None) -> bool:
        """Whether a value is greater than an earlier one."""
        return self.number(series, end) > self.number(series, start)

    def falls(self, series: str, start: object, end: object = None) -> bool:
        """Whether a value is smaller than an earlier one."""
        return self.number(series, end) < self.number(series, start)

    def is_record(self, series: str, period: object = None) -> bool:
        """Whether a value is above all before it."""
        values = self.values(series)
        at = str(period) if period is not None else list(values)[-1]
        earlier = [value for key, value in values.items() if _order(key) < _order(at)]
        return bool(earlier) and values[at] > max(earlier)

    def known(self, series: str, period: object = None) -> bool:
        """Whether a value is known."""
        values = self.values(series)
        return bool(values) if period is None else str(period) in values

    def term(self, words: str) -> str:
        """Words that are a name, not a statement."""
        return words

    def count_known(self, series: str, start: object = None, end: object = None) -> str:
        """Of how many periods a value is known."""
        return f"{len(self._span(series, start, end)):,}"

    @cached_property
    def producers(self) -> dict[str, str]:
        """Producers of sources by id."""
        return {row["id"]: row["producer"] for row in read_table(self.root / "data/sources.csv")}

    def quoted(self, words: str, source: str) -> str:
        """What a source states, with its producer."""
        return f"{words} ({self.producers[source]})"

    def says(self, words: str, holds: object) -> str:
        """Words that must hold."""
        assert holds, f"the words {words!r} do not hold"
        return words


def _is_better(offer: tuple[int, str, str, Decimal], held: tuple[int, str, str, Decimal]) -> bool:
    """A better rank wins; within a rank the later publication, then the source's name."""
    if offer[0] != held[0]:
        return offer[0] < held[0]
    if offer[1] != held[1]:
        return offer[1] > held[1]
    return offer[2] < held[2]


def _order(period: str) -> tuple[str, str]:
    """A key that sorts periods by their first day, and longer before shorter spans last."""
    year, *rest = period.split("-")
    if not rest:
        return (f"{year}-01-01", "12")
    if rest[0].startswith("Q"):
        return (f"{year}-{3 * int(rest[0][1]) - 2:02}-01", "03")
    if rest[0].startswith("H"):
        return (f"{year}-{6 * int(rest[0][1]) - 5:02}-01", "06")
    return (f"{year}-{rest[0]}-{rest[1] if len(rest) > 1 else '01'}", "01")


def write_number(value: Decimal, digits: int, *, signed: bool = False) -> str:
    """A number as English readers see it: commas, a true minus, half to even."""
    exact = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    sign = "\N{MINUS SIGN}" if exact < 0 else "+" if signed and exact > 0 else ""
    return f"{sign}{abs(exact):,}"
