"""Sentences about values of a figure that a source has wrong, and what is shown instead.

Knows a figure's request. Knows nothing of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.amendments import correct_value
from report.corrections import Action, Correction
from report.figures.request import Request
from report.periods import parse_period


def explain_corrections(request: Request) -> Iterator[str]:
    """One remark for each corrected value of the series drawn or of what they are computed from."""
    for correction in request.view.corrections:
        if request.wants(parse_period(correction.period)):
            yield _explain(correction, request)


def _explain(correction: Correction, request: Request) -> str:
    gettext, name = request.catalogue.gettext, correction.series
    source = request.view.report.sources.get(correction.source)
    words = {
        "series": request.label(name),
        "period": request.name_period(parse_period(correction.period), [name]),
        "producer": source.producer if source else correction.source,
        "printed": _write(correction.expect, name, request),
        "reason": request.catalogue.text(correction.reason),
    }
    shown = correct_value(correction)
    if shown is None:
        return gettext(
            "%(series)s, %(period)s: left out is %(printed)s by %(producer)s. %(reason)s", **words
        )
    if correction.action is Action.FLAG:
        return gettext("%(series)s, %(period)s, %(printed)s by %(producer)s: %(reason)s", **words)
    return gettext(
        "%(series)s, %(period)s: %(printed)s by %(producer)s, here %(shown)s. %(reason)s",
        shown=_write(shown, name, request),
        **words,
    )


def _write(value: Decimal, name: str, request: Request) -> str:
    """A value with its unit and all of its decimals: a lost point must be seen."""
    unit = request.unit(name)
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return request.catalogue.amount(value, unit, max(unit.digits, decimals))
