"""What an edition that is compiled long after its cut-off must not let slip.

Pure. Values, events and statuses have days of their own; the words that explain a series, a value
or a test are written once, by someone who knows how things went on. In a retrospective edition a
clause of these that names a later year is left out, and so is the state of a body, which is told
as of the day on which its source was read. Titles and events stay: their facts are dated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from report.declaring import Texts
from report.items import Item
from report.model import DerivedDeclaration, Report, SeriesDeclaration

S = TypeVar("S", SeriesDeclaration, DerivedDeclaration)
Some = TypeVar("Some", bound=Item)
_CLAUSE = re.compile(r"[^.;。\uff1b]+(?:[.;](?!\s|$)[^.;。\uff1b]*)*(?:[.;。\uff1b]+\s*|$)")
"""Up to the next full stop or semicolon that ends a word, as the one in `4.6` does not."""
_YEAR = re.compile(r"(?<![\w.])(?:19|20)[0-9]{2}(?![\w.]*[0-9])")
_STOPS = {";": ".", "\uff1b": "。"}


def hide_later(text: str, year: int) -> str:
    """A text without the clauses that name a year after `year`."""
    kept: list[str] = []
    for clause in (found[0] for found in _CLAUSE.finditer(text)):
        if all(int(name) <= year for name in _YEAR.findall(clause)):
            kept.append(clause)
        elif kept and clause.rstrip()[-1] not in _STOPS:  # the sentence now ends before it
            kept[-1] = re.sub(r"[;\uff1b](?=\s*$)", lambda stop: _STOPS[stop[0]], kept[-1])
    return "".join(kept).rstrip()


def hide_hindsight(report: Report, year: int) -> Report:
    """The report with the words that explain its facts as they could be said in a year."""
    return replace(
        report,
        series=_hide_definitions(report.series, year),
        derived=_hide_definitions(report.derived, year),
        observations=tuple(
            replace(row, note=hide_later(row.note, year)) if row.note else row
            for row in report.observations
        ),
        institutions=tuple(body.model_copy(update={"status": ""}) for body in report.institutions),
        constraints=_hide_gaps(report.constraints, year),
        opportunities=_hide_gaps(report.opportunities, year),
        claims=tuple(
            claim.model_copy(update={"note": _hide_texts(claim.note, year)})
            for claim in report.claims
        ),
    )


def _hide_definitions(series: Mapping[str, S], year: int) -> dict[str, S]:
    return {
        name: one.model_copy(update={"definition": _hide_texts(one.definition, year)})
        for name, one in series.items()
    }


def _hide_gaps(items: tuple[Some, ...], year: int) -> tuple[Some, ...]:
    return tuple(
        item.model_copy(update={"gap": _hide_texts(item.gap, year)}) if item.gap else item
        for item in items
    )


def _hide_texts(texts: Texts, year: int) -> Texts:
    return {language: hide_later(text, year) for language, text in texts.items()}
