"""Whether a declared figure can be drawn: its form, series, options, units and periods.

Knows the report's facts. Yields for each fault the key within the figure, what was found, and what
to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from report.figures.build import FORMS, load_form
from report.figures.checking import Fault, suggest
from report.model import FigureDeclaration, Report
from report.periods import parse_period


def check_figure(declaration: FigureDeclaration, report: Report) -> Iterator[Fault]:
    """Everything that keeps a figure from being drawn as declared."""
    yield from _check_names(declaration, report)
    yield from _check_span(declaration)
    if declaration.form not in FORMS:
        yield (
            "form",
            f"names {declaration.form!r}, which is no form",
            suggest(declaration.form, FORMS),
        )
        return
    form = load_form(declaration.form)
    try:
        options = form.Options.model_validate(dict(declaration.options))
    except ValidationError as error:
        yield from _explain(error, form.Options)
        return
    check = getattr(form, "check", None)
    if check is not None:
        yield from check(declaration, options, report)


def _check_names(declaration: FigureDeclaration, report: Report) -> Iterator[Fault]:
    series = {*report.series, *report.derived}
    events = {event.id for event in report.events}
    for number, name in enumerate(declaration.series):
        if name not in series:
            yield f"series[{number}]", f"names {name!r}, which is no series", suggest(name, series)
        elif name in declaration.series[:number]:
            yield f"series[{number}]", f"names {name!r} twice", "name each series once"
    for number, name in enumerate(declaration.events):
        if name not in events:
            yield f"events[{number}]", f"names {name!r}, which is no event", suggest(name, events)


def _check_span(declaration: FigureDeclaration) -> Iterator[Fault]:
    found = {}
    for key, text in (("start", declaration.start), ("end", declaration.end)):
        if not text:
            continue
        try:
            found[key] = parse_period(text)
        except ValueError:
            yield key, f"is {text!r}, which is no period", "write 2016, '2016-Q1' or '2016-03'"
    if len(found) == 2 and found["start"].start > found["end"].end:
        yield "start", f"is {found['start']}, after the end {found['end']}", "exchange them"


def _explain(error: ValidationError, options: type[BaseModel]) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        place = item["loc"]
        key = "options" + "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in place
        )
        if item["type"] == "extra_forbidden" and len(item["loc"]) == 1:
            names = [field.alias or name for name, field in options.model_fields.items()]
            yield key, "is no option of this form", suggest(str(item["loc"][0]), names)
        else:
            found = cast("Any", item["input"])
            yield key, f"is {found!r}: {item['msg'].lower()}", "see the form's options"
