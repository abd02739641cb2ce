"""The second report, read once: facts, views and words for tests that need a whole report."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from report.checking import check_facts
from report.composition import Settings, check_report
from report.facts import Facts, parse_facts
from report.languages import Catalogue
from report.model import (
    Edition,
    Frequency,
    Observation,
    Report,
    ReportDeclaration,
    SeriesDeclaration,
    Status,
    Unit,
    View,
)
from report.periods import parse_period
from report.problems import DataProblems, Place, Problem
from report.reading import read_texts
from report.views import make_view
from report.vintages import as_of

PROJECT = Path(__file__).resolve().parent.parent
SECOND = PROJECT / "tests" / "second_report"
TODAY = date(2026, 11, 24)
"""The day on which tests are run; the second report's sources were read before it."""


@lru_cache
def read_data() -> dict[str, str]:
    """Texts of the second report's data, by path."""
    return dict(read_texts(SECOND, "data").by_path)


def change_facts(*changes: tuple[str, str, str]) -> Facts:
    """Facts of the second report after replacing texts: path, old (empty to add), new."""
    texts = dict(read_data())
    for path, old, new in changes:
        if not old:
            texts[path] = texts.get(path, "") + new
        else:
            assert texts[path].count(old) == 1, f"{old!r} is not once in {path}"
            texts[path] = texts[path].replace(old, new)
    return parse_facts(texts)


def show(problems: Iterable[Problem]) -> list[str]:
    """Problems as `file:line:column code`, sorted, without `data/`."""
    return [f"{str(p.place).removeprefix('data/')} {p.code}" for p in sorted(set(problems))]


@lru_cache
def make_second_report() -> Report:
    """The second report, whole."""
    return check_facts(parse_facts(read_data()), TODAY)


@lru_cache
def make_second_view() -> View:
    """The second report as its edition sees it."""
    report = make_second_report()
    return make_view(report, report.editions[0])


def copy_in_two_editions(root: Path) -> None:
    """The second report, whose words are those of two editions a day apart."""
    shutil.copytree(SECOND, root)
    shutil.copytree(root / "site_src/2026", root / "site_src/2024")
    (root / "data/editions/2024.yml").write_text(
        'id: "2024"\ncut_off: 2026-06-29\nreleased: 2026-07-01\ntitle: Edition 2024\n'
    )


def find_problems(root: Path) -> list[Problem]:
    """Everything that is wrong with a report folder, sorted, as `check` says it."""
    settings = Settings(root=root, project=PROJECT, site_dir=root / "site", today=TODAY)
    try:
        check_report(settings)
    except DataProblems as error:
        return list(error.problems)
    return []


ENGLISH = Catalogue("en")


def nowhere(near: str) -> Place:
    """A place for words that stand in no file."""
    return Place("words.md", 1, len(near) + 1)


def make_small_view(values: Mapping[str, Mapping[str, str | None]], unit: str = "{} t") -> View:
    """A view of final values by series and period, all of one unit, known from one source."""
    units = {"t": Unit(id="t", title={"en": "tonnes"}, pattern={"en": unit}, digits=1)}
    series = {name: declare_series(name) for name in values}
    rows = tuple(
        observe(name, period, value) for name in values for period, value in values[name].items()
    )
    report = Report(
        declaration=ReportDeclaration(
            title={"en": "Small report"},
            short_title={"en": "Small"},
            description={"en": "A report of tests."},
            publisher="Tests",
            url="https://example.org/",
            licence="CC0",
            kinds=(),
        ),
        editions=(),
        pages=(),
        questions=(),
        measures=(),
        assessments=(),
        constraints=(),
        opportunities=(),
        sources={},
        units=units,
        series=series,
        derived={},
        observations=rows,
        events=(),
        institutions=(),
        figures=(),
    )
    edition = Edition(id="2026", cut_off=TODAY, released=TODAY, title={"en": "2026"})
    vintages = {name: tuple(row for row in rows if row.series == name) for name in series}
    return View(report, edition, as_of(series, rows, TODAY), vintages=vintages)


def declare_series(
    name: str, sources: tuple[tuple[str, ...], ...] = (("a",),)
) -> SeriesDeclaration:
    """A series in tonnes with sources of these ranks."""
    return SeriesDeclaration(
        id=name,
        title={"en": f"Series {name}"},
        unit="t",
        frequency=Frequency.IRREGULAR,
        definition={"en": "Something that is weighed"},
        sources=sources,
    )


def observe(
    series: str,
    period: str,
    value: str | None,
    published: str = "2026-01-01",
    source: str = "a",
    *,
    status: Status | None = None,
) -> Observation:
    """An observation; without a value it is one that is not published."""
    return Observation(
        series=series,
        period=parse_period(period),
        value=None if value is None else Decimal(value),
        status=status or (Status.NOT_PUBLISHED if value is None else Status.FINAL),
        published=date.fromisoformat(published),
        source=source,
    )
