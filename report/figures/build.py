"""A figure made whole: specs for both sizes, the table of the same numbers, sources and notes.

Knows the forms by name and what every figure must have. Knows nothing of SVG or HTML.
"""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol, cast

from pydantic import BaseModel

from report.figures.amendments import explain_corrections
from report.figures.canvas import SIZES, Size
from report.figures.flags import explain_events
from report.figures.layers import Spec
from report.figures.libraries import pd
from report.figures.readings import Reading, name_producers, name_series, read_marks
from report.figures.remarks import Look, remark_gaps, remark_values
from report.figures.request import Request
from report.languages import Catalogue
from report.model import FigureDeclaration, View
from report.periods import Period
from report.tables import Table
from report.theme import CONFIG

FORMS: Mapping[str, str] = {
    name: f"report.figures.{name}"
    for name in (
        *("line", "area", "bars", "dot", "multiples", "heatmap", "scatter", "timeline", "fan"),
    )
}
"""Each form with the module that knows it."""


FLAGGED = {"line", "area"}
"""Forms that draw the declared events as rules."""
PLAIN = {"line", "multiples"}
"""Forms in which a series of one status throughout looks final."""
LOOKS = {
    "area": Look.LIGHT,
    "bars": Look.LIGHT,
    "dot": Look.HOLLOW,
    "scatter": Look.HOLLOW,
    "heatmap": Look.LETTER,
}
"""How forms show what is not final, but for those whose lines do."""
OPEN = {"line", "area", "multiples"}
"""Forms whose drawings leave gaps open."""


class Form(Protocol):
    """What a form's module offers."""

    Options: type[BaseModel]

    def gather(self, request: Request) -> pd.DataFrame:
        """The tidy rows that are drawn and tabulated."""

    def draw(self, frame: pd.DataFrame, request: Request, size: Size) -> Spec:
        """The chart at one size."""

    def tabulate(self, frame: pd.DataFrame, request: Request) -> Table:
        """The table of the same numbers."""

    def describe(self, request: Request) -> Iterator[str]:
        """Notes that the form's own options call for."""


@dataclass(frozen=True)
class Figure:
    """A chart with all that makes it readable, checkable and citable."""

    id: str
    page: str
    form: str
    title: str
    takeaway: str
    specs: Mapping[str, dict[str, Any]]
    """Vega-Lite by size: `wide` and `narrow`."""
    table: Table
    sources: tuple[str, ...]
    """Sources of the values drawn."""
    notes: tuple[str, ...]
    newest: Period | None
    """The newest period with a value."""
    readings: tuple[Reading, ...] = ()
    """What is told of each mark when a reader points at it."""
    names: tuple[str, ...] = ()
    """What each colour stands for, where there are several and they tell."""


def load_form(name: str) -> Form:
    """The module of a form."""
    module: ModuleType = importlib.import_module(FORMS[name])
    return cast("Form", module)


def gather_figure(
    declaration: FigureDeclaration, page: str, view: View, catalogue: Catalogue, title: str = ""
) -> tuple[Form, Request, pd.DataFrame]:
    """What a figure shows, not yet drawn; raises FigureRefused where it cannot be made."""
    form = load_form(declaration.form)
    options = form.Options.model_validate(dict(declaration.options))
    request = Request(declaration, options, view, catalogue, page, title)
    return form, request, form.gather(request)


@dataclass(frozen=True, slots=True)
class Order:
    """All that a figure and its files are made from; its words arrive as plain text."""

    declaration: FigureDeclaration
    page: str
    view: View
    catalogue: Catalogue
    title: str
    takeaway: str
    notes: str
    document: str = "index.md"
    """The document that places it."""
    whole: bool = True
    """Whether the files that go with it are wanted, or the figure alone."""
    number: str = ""
    """Its number in the edition, e.g. `3.2`."""


def build_figure(order: Order) -> Figure:
    """The figure as declared, from what the view knows."""
    declaration, title, takeaway = order.declaration, order.title, order.takeaway
    form, request, frame = gather_figure(
        declaration, order.page, order.view, order.catalogue, title
    )
    shown = frame[frame["exact"].notna() | (frame["role"] == "event")]
    charts = {size.name: form.draw(frame, request, size) for size in SIZES}
    table = form.tabulate(frame, request)
    return Figure(
        id=declaration.id,
        page=order.page,
        form=declaration.form,
        title=title,
        takeaway=takeaway,
        specs={name: make_spec(chart, takeaway) for name, chart in charts.items()},
        table=table,
        sources=_order_sources(frame, request),
        notes=tuple(
            filter(
                None,
                [
                    order.notes,
                    *_name_flags(request),
                    _remark(form, frame, request),
                    *explain_corrections(request),
                ],
            ),
        ),
        newest=max(shown["period"], default=None),
        readings=read_marks(frame, request, table),
        names=name_series(frame, request, table),
    )


def _order_sources(frame: pd.DataFrame, request: Request) -> tuple[str, ...]:
    """All sources of a figure: by how many of its values their producer is behind, then by id."""
    behind = Counter(
        producer
        for names, exact in zip(frame["sources"], frame["exact"], strict=True)
        if pd.notna(exact)
        for producer in name_producers(names or (), request)
    )

    def weigh(name: str) -> tuple[int, str]:
        return -sum(behind[producer] for producer in name_producers([name], request)), name

    return tuple(sorted({name for names in frame["sources"] for name in names or ()}, key=weigh))


def _name_flags(request: Request) -> Iterator[str]:
    """What the rules of events stand for."""
    if request.declaration.form in FLAGGED:
        yield from explain_events(request)


def _remark(form: Form, frame: pd.DataFrame, request: Request) -> str:
    """What must be said of the values and of how they are drawn, in one short paragraph."""
    name = request.declaration.form
    said = [*form.describe(request)]
    said += remark_values(frame, request.catalogue, _choose_look(request), plain=name in PLAIN)
    if name in OPEN:
        said += remark_gaps(frame, request.catalogue)
    return " ".join(said)


def _choose_look(request: Request) -> Look:
    """How the drawing shows what is not final; panels hold lines or bars."""
    name = request.declaration.form
    if name == "multiples" and request.options.bars:
        return Look.LIGHT
    return LOOKS.get(name, Look.BROKEN)


def make_spec(chart: Spec, takeaway: str) -> Spec:
    """A chart as Vega-Lite: described, configured, its data inline, every number finite."""
    spec = {**chart, "description": takeaway, "config": CONFIG}
    return cast("Spec", json.loads(json.dumps(spec, allow_nan=False, ensure_ascii=False)))
