"""How a change of a value is told to readers: how far, how large, and why, in words.

Pure. Knows units, sizes and reasons, and how the language writes. Knows nothing of which changes
are told where, or of HTML.
"""

from __future__ import annotations

from decimal import Decimal

from report.changes import Tier, choose_tier, measure_size
from report.languages import Catalogue
from report.model import Reason, Unit

MOST_DIGITS = 6


def show_value(value: Decimal | None, unit: Unit, catalogue: Catalogue, other: Decimal) -> str:
    """A value with its unit, with as many digits as tell it from another; a dash for none."""
    if value is None:
        return "–"
    return catalogue.amount(value, unit, find_digits(value - other, unit))


def find_digits(difference: Decimal, unit: Unit) -> int:
    """The unit's digits, or as many more as a difference needs to be seen: two of its own."""
    if not difference:
        return unit.digits
    return min(
        MOST_DIGITS, max(unit.digits, 1 - difference.adjusted() if abs(difference) < 1 else 0)
    )


def show_change(old: Decimal, new: Decimal, unit: Unit, catalogue: Catalogue) -> str:
    """New against old in per cent of the old value; of shares and rates in percentage points.

    A dash where the old value is 0, of which nothing is a per cent.
    """
    if is_rate(unit, catalogue):
        number = catalogue.number(new - old, find_digits(new - old, unit), signed=True)
        return catalogue.gettext("%(number)s percentage points", number=number)
    if not old:
        return "–"
    share = (new - old) / abs(old) * 100
    digits = 1 if abs(share) >= Decimal("0.1") or not share else min(4, -share.adjusted())
    return catalogue.number(share, digits, signed=True) + "%"


def is_rate(unit: Unit, catalogue: Catalogue) -> bool:
    """Whether values are per cents themselves, so that their change is one in points."""
    return catalogue.text(unit.pattern).startswith("{}%")


def find_tier(old: Decimal, new: Decimal) -> Tier:
    """How large a change of a value is."""
    return choose_tier(measure_size(old, new))


def name_tier(tier: Tier, catalogue: Catalogue) -> str:
    """A tier in a word; the form puts a shape beside it."""
    words = {
        Tier.RED: catalogue.gettext("large"),
        Tier.YELLOW: catalogue.gettext("moderate"),
        Tier.GREEN: catalogue.gettext("small"),
    }
    return words[tier]


def name_reason(reason: Reason | None, catalogue: Catalogue) -> str:
    """Why a value is another one now; without a reason it is computed from others."""
    words = {
        Reason.FIRST: catalogue.gettext("another source"),
        Reason.ROUTINE: catalogue.gettext("routine revision"),
        Reason.MAJOR: catalogue.gettext("major revision"),
        Reason.CORRECTION: catalogue.gettext("correction"),
        Reason.COVERAGE: catalogue.gettext("other coverage"),
    }
    return words[reason] if reason else catalogue.gettext("computed anew")
