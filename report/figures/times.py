"""Periods in the few letters that an axis, a head or a row has for them.

Knows languages and what a year to date is. Knows no series and no drawing.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel.dates import format_date

from report.languages import Catalogue
from report.periods import Kind, Period

MONTHS = {"zh": "M月", "ru": "LLL"}
WITH_YEAR = {"zh": "y年M月", "ru": "LLL y"}


def show_month(month: Period, catalogue: Catalogue) -> str:
    """A month as short as an axis wants it, e.g. `Mar 2016`."""
    pattern = WITH_YEAR.get(catalogue.language, "MMM y")
    return format_date(month.start, format=pattern, locale=catalogue.language)


def show_short(period: Period, catalogue: Catalogue, *, to_date: bool = False) -> str:
    """A period as short as a category on an axis wants it."""
    if to_date:
        return show_to_date(period, catalogue)
    return show_month(period, catalogue) if period.kind is Kind.MONTH else catalogue.period(period)


def show_to_date(period: Period, catalogue: Catalogue) -> str:
    """All months of a year up to the end of a period, e.g. `Jan–Oct 2024`."""
    last = Period(period.end.replace(day=1), period.end, Kind.MONTH)
    if period.kind in {Kind.YEAR, Kind.DAY} or last.start.month == 1:
        return catalogue.period(period)
    pattern = MONTHS.get(catalogue.language, "MMM")
    first = last.start.replace(month=1)
    return catalogue.gettext(
        "%(first)s–%(last)s %(year)s",
        first=format_date(first, format=pattern, locale=catalogue.language),
        last=format_date(last.start, format=pattern, locale=catalogue.language),
        year=last.start.year,
    )


def show_twelve_months(period: Period, catalogue: Catalogue) -> str:
    """The twelve months that end with a month, e.g. `12 months to May 2026`."""
    return catalogue.gettext("12 months to %(month)s", month=catalogue.period(period))


def show_in_row(
    periods: Sequence[Period], catalogue: Catalogue, *, to_date: bool = False
) -> list[str]:
    """Short labels of periods that stand beside each other; months name each year once."""
    texts = []
    before: Period | None = None
    for period in periods:
        same = before is not None and before.start.year == period.start.year
        months = period.kind is Kind.MONTH and before is not None and before.kind is Kind.MONTH
        if same and months and not to_date:
            pattern = MONTHS.get(catalogue.language, "MMM")
            texts.append(format_date(period.start, format=pattern, locale=catalogue.language))
        else:
            texts.append(show_short(period, catalogue, to_date=to_date))
        before = period
    return texts
