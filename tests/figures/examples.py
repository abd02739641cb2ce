"""Made-up facts about orchards and rain, and every form declared over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from report.figures import Figure, Order, build_figure
from report.languages import Catalogue
from report.model import (
    Edition,
    Event,
    FigureDeclaration,
    Frequency,
    Observation,
    Page,
    Point,
    Report,
    ReportDeclaration,
    Series,
    SeriesDeclaration,
    Status,
    Unit,
    View,
)
from report.periods import parse_period

DAY = dt.date(2026, 1, 1)
UNITS = {
    "kt": Unit(id="kt", title="thousand tonnes", pattern="{} kt", digits=1),
    "mm": Unit(id="mm", title="millimetres", pattern="{} mm", digits=0),
}
TAKEAWAY = 'Apples rose to 9 kt: "more" than <pears> & plums'
Values = Iterable[tuple[str, str | None]]


def make_series(
    name: str,
    values: Values,
    unit: str = "kt",
    *,
    title: str = "",
    frequency: Frequency = Frequency.ANNUAL,
    statuses: Mapping[str, Status] | None = None,
) -> Series:
    """A series with a point for each period; None stands for a value that is not published."""
    declaration = SeriesDeclaration(
        id=name,
        title={"en": title or name},
        unit=unit,
        frequency=frequency,
        definition={"en": "Made up."},
        sources=(("almanac",),),
    )
    points = tuple(
        Point(
            parse_period(period),
            None if value is None else Decimal(value),
            Status.NOT_PUBLISHED if value is None else (statuses or {}).get(period, Status.FINAL),
            ("almanac",),
            DAY,
        )
        for period, value in values
    )
    return Series(declaration, points)


def make_event(name: str, date: str, **more: Any) -> Event:
    """An event of the page `orchard`."""
    facts = {"kind": "weather", "effect": "restricts", "title": {"en": f"Event {name}"}} | more
    return Event(
        id=name,
        date=date,
        description={"en": ""},
        parties="",
        place="Valley",
        page="orchard",
        source="almanac",
        locator="",
        published=DAY,
        **facts,
    )


def make_view(
    series: Iterable[Series],
    events: Iterable[Event] = (),
    vintages: Mapping[str, tuple[Observation, ...]] | None = None,
) -> View:
    """A view that knows just these facts."""
    by_id = {one.id: one for one in series}
    report = Report(
        declaration=ReportDeclaration(
            title={"en": "Orchards"},
            short_title={"en": "Orchards"},
            description={"en": "Orchards"},
            publisher="Growers",
            url="https://example.org/",
            licence="CC BY 4.0",
            kinds=(),
        ),
        editions=(),
        pages=(Page(id="orchard", kind="field", order=1, title={"en": "Orchard"}),),
        questions=(),
        measures=(),
        assessments=(),
        constraints=(),
        opportunities=(),
        sources={},
        units=UNITS,
        series={
            name: one.declaration
            for name, one in by_id.items()
            if isinstance(one.declaration, SeriesDeclaration)
        },
        derived={},
        observations=(),
        events=tuple(events),
        institutions=(),
        figures=(),
    )
    edition = Edition(id="2026", cut_off=DAY, released=DAY, title={"en": "Edition 2026"})
    return View(report, edition, by_id, tuple(events), vintages=vintages or {})


def number_years(first: int, values: Iterable[str | None]) -> list[tuple[str, str | None]]:
    """Values of years that follow each other."""
    return [(str(first + n), value) for n, value in enumerate(values)]


ORCHARD = (
    make_series(
        "apples",
        number_years(2018, ["4.25", "5", "4.5", "6", "7.125", "9"]),
        title="Apples",
        statuses={"2022": Status.ESTIMATE, "2023": Status.PROVISIONAL},
    ),
    make_series("pears", number_years(2018, ["3", None, "2.5", "2", "2.25", "1.5"])),
    make_series("plums", number_years(2018, ["1", "1.5", "1.25", "2", "2.5", "3"])),
    make_series("low", number_years(2018, ["4", "4.5", "4", "5.5", "6.5", "8"])),
    make_series("high", number_years(2018, ["5", "5.5", "5", "6.5", "8", "10"])),
    make_series("balance", number_years(2018, ["-1", "2", "-3.5", "0", "4", "1"])),
    make_series(
        "rain",
        [(f"2023-{month:02}", f"{month * 7}") for month in range(1, 13)],
        "mm",
        frequency=Frequency.MONTHLY,
    ),
)
EVENTS = (
    make_event("frost", "2021-04-20", title={"en": "Late frost"}),
    make_event("subsidy", "2019-05", kind="support", effect="advances"),
    *(make_event(f"e{n}", f"{2018 + n % 6}", effect="neutral") for n in range(20)),
)
VINTAGES = {
    "apples": tuple(
        Observation(
            "apples",
            parse_period(period),
            Decimal(value),
            Status.PROVISIONAL,
            dt.date.fromisoformat(day),
            "almanac",
        )
        for day, period, value in (
            ("2021-03-01", "2019", "5.5"),
            ("2021-03-01", "2020", "4"),
            ("2022-03-01", "2019", "5.25"),
            ("2022-03-01", "2021", "6.5"),
            ("2024-03-01", "2019", "5"),
            ("2024-03-01", "2020", "4.5"),
        )
    )
}
VIEW = make_view(ORCHARD, EVENTS, VINTAGES)
ROWS = [
    {"label": "North", "series": ["apples", "pears"]},
    {"label": "South", "series": ["plums", "low"]},
]
GRID = {"rows": ROWS, "columns": ["First", "Second"]}
FORMS: dict[str, dict[str, Any]] = {
    "line": {"form": "line", "series": ("apples", "pears"), "events": ("frost", "subsidy")},
    "line-band": {
        "form": "line",
        "series": ("apples",),
        "options": {
            "band": {"low": "low", "high": "high"},
            "breaks": [{"at": 2021, "label": "new census"}],
            "targets": [{"value": 8, "from": 2020, "to": 2023, "label": "Goal"}],
        },
    },
    "line-log": {"form": "line", "series": ("apples", "plums"), "options": {"log": True}},
    "line-base": {"form": "line", "series": ("apples", "plums"), "options": {"base": 2020}},
    "line-months": {"form": "line", "series": ("rain",)},
    "area": {"form": "area", "series": ("apples", "plums")},
    "area-share": {"form": "area", "series": ("apples", "plums"), "options": {"share": True}},
    "bars": {"form": "bars", "series": ("apples", "plums")},
    "bars-stacked": {
        "form": "bars",
        "series": ("apples", "plums"),
        "options": {"kind": "stacked"},
    },
    "bars-diverging": {
        "form": "bars",
        "series": ("balance", "plums"),
        "options": {"kind": "diverging", "negative": ["plums"]},
    },
    "bars-ranked": {"form": "bars", "series": ("apples", "plums"), "start": "2023"},
    "dot": {
        "form": "dot",
        "series": ("apples", "plums"),
        "options": {"periods": [2018, 2023], "intervals": {"apples": ["low", "high"]}},
    },
    "dot-rows": {"form": "dot", "options": GRID},
    "multiples": {"form": "multiples", "series": ("apples", "pears", "plums")},
    "multiples-apart": {
        "form": "multiples",
        "options": {
            "independent": True,
            "names": ["This", "That"],
            "panels": [
                {"title": "Fruit", "series": ["apples", "plums"]},
                {"title": "Rain", "series": ["rain"]},
            ],
        },
    },
    "multiples-bars": {
        "form": "multiples",
        "series": ("apples", "balance"),
        "options": {"bars": True, "independent": True},
    },
    "heatmap": {"form": "heatmap", "series": ("balance", "plums"), "options": {"middle": 0}},
    "heatmap-rows": {"form": "heatmap", "options": GRID | {"period": 2022}},
    "scatter": {"form": "scatter", "series": ("apples", "plums"), "options": {"path": True}},
    "scatter-pairs": {
        "form": "scatter",
        "options": {
            "pairs": [
                {"label": "North", "x": "apples", "y": "pears"},
                {"label": "South", "x": "plums", "y": "low"},
            ]
        },
    },
    "timeline": {"form": "timeline", "options": {"pages": ["orchard"]}},
    "timeline-list": {"form": "timeline", "events": ("frost", "subsidy")},
    "fan": {"form": "fan", "series": ("apples",)},
}


def declare(name: str = "x", **more: Any) -> FigureDeclaration:
    """A declaration with what a figure needs at least."""
    return FigureDeclaration(id=name, title={"en": "Title"}, takeaway={"en": "It rose"}, **more)


def build(view: View = VIEW, language: str = "en", note: str = "", **more: Any) -> Figure:
    """A figure over a view; without one, over the orchard."""
    declaration = declare(**more)
    texts = ("Title", TAKEAWAY, note)
    return build_figure(Order(declaration, "orchard", view, Catalogue(language), *texts))


def list_data(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All rows of data that a spec draws, scaffolding included."""
    return [row for layer in spec["layer"] for row in layer["data"]["values"]]
