"""Every verdict worked out a second time from the CSV files, and read again from the built page.

Values are chosen by `oracle`; rules are written here anew from the method page, without the
machine's own code. Only values of computed series are taken from the machine, for both days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from math import comb, erfc, sqrt
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from report.model import DerivedDeclaration
from report.views import view_at
from tests.first_report import compose
from tests.pages import read_page
from tests.report_2026.oracle import Oracle, read_table, write_number
from tests.report_2026.test_figures import PROJECT

ROWS = {row["id"]: row for row in read_table(PROJECT / "data/claims.csv")}
WORDS = {
    "confirmed": "Confirmed",
    "revised": "Confirmed as first published, since revised",
    "rounding": "Within rounding",
    "at_first": "True at first, not later",
    "contradicted": "Contradicted",
    "stock_as_flow": "Stock told as flow",
    "contradicts_itself": "Contradicts itself",
    "undecided": "Undecided",
    "untestable": "Not tested: data lacking",
}


def find_cut_off() -> str:
    """The day up to which the edition knows."""
    return compose().composer.view.edition.cut_off.isoformat()


@lru_cache
def ask(day: str) -> Oracle:
    """The data as known at the end of a day."""
    now = compose().composer.view
    edition = now.edition.model_copy(update={"cut_off": dt.date.fromisoformat(day)})
    view = view_at(now.report, edition)
    computed = {
        name: {str(p.period): p.value for p in series.known if p.value is not None}
        for name, series in view.series.items()
        if isinstance(series.declaration, DerivedDeclaration)
    }
    return Oracle(PROJECT, day, computed)


@dataclass(frozen=True)
class Answer:
    """What one day's data say: yes, near, ended, no or open; and the value that says so."""

    word: str
    value: Decimal | None = None


@dataclass(frozen=True)
class Test:
    """A row of the ledger with what the method page makes of it."""

    __test__ = False
    row: Mapping[str, str]

    @cached_property
    def value(self) -> Decimal:
        """The claimed number."""
        return Decimal(self.row["value"] or 0)

    @cached_property
    def tolerance(self) -> Decimal:
        """Its rounding."""
        return Decimal(self.row["tolerance"] or 0)

    @cached_property
    def bounds(self) -> tuple[str, str]:
        """First and last period as written; `latest` and nothing stay open."""
        first, _, last = self.row["period"].partition("/")
        return first, last or first

    def compare(self, value: Decimal, series: str) -> str:
        """A single value against the claimed one."""
        half = Decimal(0)
        if not series.startswith("calc."):
            text = f"{value:f}"
            half = Decimal(5).scaleb(-1 - (len(text.partition(".")[2])))
        if self.row["operator"] in {">", "<"}:
            ahead = value - self.value if self.row["operator"] == ">" else self.value - value
            return "yes" if ahead > 0 else "near" if ahead + half + self.tolerance > 0 else "no"
        off = abs(value - self.value)
        if off <= self.tolerance:
            return "yes"
        return "near" if off <= self.tolerance + half else "no"

    def ask(self, day: str, series: str) -> Answer | None:
        """What the data of a day say."""
        if self.row["evidence"]:
            return self.ask_happenings(day)
        values = self.choose_values(ask(day).values(series)) if series else {}
        if not values:
            return None
        if self.row["kind"] == "trend":
            return self.ask_way(list(values.values()))
        return self.ask_values(list(values.values()), series)

    def choose_values(self, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Those that the claim is about; of a state the first and the newest."""
        first, last = self.bounds
        if first == last:
            wanted = list(values)[-1:] if first == "latest" else [p for p in values if p == first]
            return {period: values[period] for period in wanted}
        end = "9999" if last == "latest" else last[:4]
        inside = {p: value for p, value in values.items() if first[:4] <= p[:4] <= end}
        if self.row["operator"] in {"=", "~"}:
            is_whole = first in inside and len(inside) > 1
            return {p: inside[p] for p in (first, list(inside)[-1])} if is_whole else {}
        return inside

    def ask_values(self, numbers: list[Decimal], series: str) -> Answer:
        """Each value against the claimed one; all must hold."""
        words = [self.compare(number, series) for number in numbers]
        if "no" not in words:
            shown = {">": min(numbers), "<": max(numbers)}.get(self.row["operator"], numbers[-1])
            return Answer("near" if "near" in words else "yes", shown)
        if words[0] != "no" and words[-1] == "no":
            return Answer("ended", numbers[-1])
        return Answer("no", numbers[words.index("no")])

    def ask_way(self, values: list[Decimal]) -> Answer:
        """The trend test, and for what is said to last the sign test and the newest step."""
        up = self.row["operator"].endswith("rising")
        score = sum((b > a) - (b < a) for a, b in combinations(values, 2))
        n = len(values)
        ties = [values.count(value) for value in set(values)]
        variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
        chance = erfc((abs(score) - 1) / sqrt(2 * variance)) if score else 1.0
        word = "yes" if (score > 0) == up else "no"
        if n < 8 or chance >= 0.05:
            word = "open"
        elif word == "yes" and self.row["operator"].startswith("keeps"):
            word = self.ask_steps([(b > a) == up for a, b in pairwise(values) if a != b])
        return Answer(word, values[-1] - values[0])

    @staticmethod
    def ask_steps(good: list[bool]) -> str:
        """Whether steps go the claimed way too often for chance, and the newest does."""
        bad = good.count(False)
        tail = sum(comb(len(good), k) for k in range(bad + 1)) / 2 ** len(good)
        if 2 * tail >= 0.05:
            return "open"
        return "yes" if good[-1] else "ended"

    def ask_happenings(self, day: str) -> Answer | None:
        """Dates and counts of events and bodies that were published by a day."""
        known = {}
        for table, column in (("events", "date"), ("institutions", "established")):
            for row in read_table(PROJECT / f"data/{table}.csv"):
                if row["published"] <= day:
                    known[row["id"]] = row[column]
        names = self.row["evidence"].split()
        if not set(names) <= set(known):
            return None
        period = self.row["period"]
        if self.row["kind"] == "count":
            count = Decimal(sum(known[name][: len(period)] <= period for name in names))
            return Answer(self.compare(count, ""), count)
        first = min(known[name] for name in names)
        if first.startswith(period):
            return Answer("yes")
        return Answer("near" if period.startswith(first) else "no")

    def was_right_when_printed(self, series: str) -> bool:
        """Whether any value of the period that was out by the article's day agreed."""
        if not series or series.startswith("calc.") or "/" in self.row["period"]:
            return False
        return any(
            row["period"] == self.row["period"]
            and row["value"]
            and row["status"] != "forecast"
            and self.compare(Decimal(row["value"]), series) == "yes"
            for row in ask(self.row["made_on"]).rows.get(series, [])
        )

    def contradicts_itself(self) -> Decimal | None:
        """What the text's own numbers give, where they cannot give the claim."""
        if not self.row["formula"]:
            return None
        name, *inputs = self.row["formula"].split()
        ends = [
            [
                Decimal(ROWS[i]["value"]) + sign * Decimal(ROWS[i]["tolerance"])
                for sign in (-1, 1, 0)
            ]
            for i in inputs
        ]
        results = [
            100 * a / b if name == "share" else a + b if name == "sum" else a - b
            for a in ends[0]
            for b in ends[1]
        ]
        within = min(results) - self.tolerance <= self.value <= max(results) + self.tolerance
        return None if within else results[-1]

    def judge(self) -> tuple[str, Decimal | None]:
        """The verdict and the difference."""
        if self.row["kind"] == "untestable":
            return "untestable", None
        if (implied := self.contradicts_itself()) is not None:
            return "contradicts_itself", implied - self.value
        if self.row["kind"] == "flow":
            return self.judge_flow()
        series = (self.row["series"].split() or [""])[0]
        first = self.row["first"] or series
        then, now = self.ask(self.row["made_on"], first), self.ask(find_cut_off(), series)
        answer = now or then
        if answer is None:
            return "untestable", None
        right = then is not None and then.word == "yes"
        right = right or self.was_right_when_printed(first)
        return self.name(answer.word, right=right), self.subtract(answer.value)

    def subtract(self, value: Decimal | None) -> Decimal | None:
        """The difference; that of a trend is taken already."""
        return value if value is None or self.row["kind"] == "trend" else value - self.value

    def name(self, word: str, *, right: bool) -> str:
        """The verdict of an answer; `right` if the claim was when it was made."""
        plain = {"yes": "confirmed", "near": "rounding", "ended": "at_first"}
        if word in plain:
            return plain[word]
        if right:
            return "revised" if "/" not in self.row["period"] else "at_first"
        return "undecided" if word == "open" else "contradicted"

    def judge_flow(self) -> tuple[str, Decimal | None]:
        """A flow first, then a stock, on either day."""
        for name, verdict in zip(
            self.row["series"].split(), ("confirmed", "stock_as_flow"), strict=True
        ):
            answers = [self.ask(day, name) for day in (self.row["made_on"], find_cut_off())]
            found = [answer for answer in answers if answer and answer.word in {"yes", "near"}]
            if found:
                return verdict, self.subtract(found[-1].value)
        return "contradicted", None


@lru_cache
def read_ledger(site: Path) -> dict[str, tuple[str, list[str]]]:
    """Of each claim on the built page the verdict by id, and the texts of its cells."""
    page = read_page(site / "en" / "2026" / "claims" / "index.html")
    found = {}
    for row in page.iter("tr"):
        name = row.get("id") or ""
        if name.startswith("claim-"):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in list(row)]
            found[name.removeprefix("claim-")] = (row.get("data-verdict") or "", cells)
    return found


@pytest.mark.parametrize("name", ROWS)
def test_a_verdict_on_the_page_is_the_one_worked_out_again(built_site: Path, name: str) -> None:
    """Verdict by id and in words, what the article said, and the difference."""
    verdict, difference = Test(ROWS[name]).judge()
    shown, cells = read_ledger(built_site)[name]

    assert shown == verdict
    assert cells[-1].startswith(WORDS[verdict])
    if difference is not None and verdict != "untestable":
        stated = ROWS[name]["value"].partition(".")[2]
        unit = next(u for u in read_units() if u["id"] == ROWS[name]["unit"])
        digits = max(int(unit["digits"]), len(stated))
        number = write_number(difference, digits, signed=True)
        assert cells[4].removeprefix("Difference: ").startswith(number)


@lru_cache
def read_units() -> tuple[dict[str, str], ...]:
    """All units."""
    return tuple(read_table(PROJECT / "data/units.csv"))


def test_the_ledger_holds_every_claim_in_its_order(built_site: Path) -> None:
    """At least the fifty-two of the framework, each once."""
    assert list(read_ledger(built_site)) == list(ROWS)
    assert len(ROWS) >= 52
    framework = [f"z-{number:02}" for number in range(1, 41)]
    framework += [f"w-{number:02}" for number in range(1, 13)]
    assert set(framework) <= set(ROWS)


def test_what_is_tied_to_data_finds_a_value() -> None:
    """No claim is called untestable because its period or series is wrong."""
    for row in ROWS.values():
        if row["kind"] != "untestable":
            assert Test(row).judge()[0] != "untestable", row["id"]


def test_the_home_page_counts_the_verdicts(built_site: Path) -> None:
    """The sentence at home has the numbers of the ledger."""
    home = read_page(built_site / "en" / "2026" / "index.html")
    text = " ".join("".join(find_paragraphs(home)).split())
    verdicts = [verdict for verdict, _ in read_ledger(built_site).values()]
    found = re.search(
        r"Of (\d+) factual statements of the articles, (\d+) are confirmed by the data,"
        r" (\d+) agreed with figures that have since been replaced, (\d+) are contradicted,"
        r" and (\d+)",
        text,
    )

    assert found is not None
    assert [int(number) for number in found.groups()] == [
        len(verdicts),
        *(verdicts.count(v) for v in ("confirmed", "revised", "contradicted", "untestable")),
    ]


def find_paragraphs(page: HtmlElement) -> Iterable[str]:
    """Texts of the paragraphs of a page."""
    for part in page.iter("p"):
        yield from (*part.itertext(), " ")
