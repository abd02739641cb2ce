"""Single changes in words and numbers: sizes, reasons, differences, names.

Pure. Knows how one change is said to who reviews it; knows nothing of lists, pages or drawings.
"""

from __future__ import annotations

import re
from decimal import Decimal

from report.changes import ChangeKind, ListChange, RowChange, State, Tier, ValueChange
from report.text import escape_markdown

MOST_DIGITS = 7
TIERS = {Tier.RED: "◆ large", Tier.YELLOW: "▲ moderate", Tier.GREEN: "● small"}
"""Each tier as a shape and a word, so that neither needs colours."""
KINDS = {
    ChangeKind.DISAPPEARED: "✕ gone",
    ChangeKind.APPEARED: "+ new",
    ChangeKind.STATUS: "firmness",
    ChangeKind.SOURCE: "source",
    ChangeKind.TEXT: "other words",
}
_PLAIN = re.compile(r"&#(3[479]|44|59|(?:(?<=\d&#)46(?=;\d)|(?<!\d&#)46(?=;(?:\s|$))));")
"""Quotes, per cent, comma and semicolon, and a stop in a number or behind what is none."""


def say_faults(old: str, new: str, count: int) -> str:
    """Why two sides are not compared, of which the old one alone has problems."""
    problems = "1 problem" if count == 1 else f"{count:,} problems"
    return f"Today's machine finds {problems} in {old} and none in {new}."


def say_reason(state: State | None) -> str:
    """Why a value is as it is; without one, what stands in its place."""
    if state is None or state.value is None:
        return state.status.value if state else "no row"
    if state.correction:
        return f"{state.reason}: {state.correction}" if state.reason else state.correction
    return state.reason.value if state.reason else "computed"


def say_row(change: RowChange) -> str:
    """What became of a row that had been published."""
    return "row gone" if change.kind is ChangeKind.DISAPPEARED else "overwritten in place"


def say_listed(change: ListChange) -> str:
    """What became of something, and which of its fields differ."""
    return (
        f"{KINDS[change.kind]}: {', '.join(change.aspects)}"
        if change.aspects
        else KINDS[change.kind]
    )


def write_state(state: State | None) -> str:
    """A value as far as it fits."""
    return "–" if state is None or state.value is None else shorten_number(state.value)


def write_change(change: ValueChange) -> str:
    """The change in the unit of the series, and in per cent of the old amount."""
    if change.old is None or change.new is None or not change.tier or change.size is None:
        return ""
    return write_difference(change.old.value, change.new.value)


def write_difference(old: Decimal | None, new: Decimal | None) -> str:
    """New less old with its sign; in per cent as well, unless the sign turns or old is zero.

    Below zero a fall is a larger amount, which is said.
    """
    if old is None or new is None:
        return ""
    sign = "+" if new > old else ""
    shown = f"{sign}{shorten_number(new - old)}"
    if old < 0 < new or new < 0 < old:
        return f"{shown}, the sign turns"
    if not old:
        return shown
    percent = f"{(new - old) / abs(old) * 100:+.1f}%".replace("-", "−")
    if old < 0 and new < 0:
        percent += f", the amount {'grows' if new < old else 'shrinks'}"
    return f"{shown} ({percent})"


def shorten_number(value: Decimal) -> str:
    """A number with at most so many digits; what is cut is marked."""
    text = f"{value:f}"
    digits = text.replace("-", "").replace(".", "").lstrip("0")
    excess = len(digits) - MOST_DIGITS
    places = len(text.partition(".")[2])
    if excess <= 0 or not places:
        return text.replace("-", "−")
    return text[: len(text) - min(excess, places)].rstrip(".").replace("-", "−") + "…"


def code(text: str) -> str:
    """A name in the type of code, which nothing in it can end."""
    return "`" + " ".join(re.sub(r"[`|]", " ", text).split()) + "`"


def escape(text: str) -> str:
    """Text of the data in Markdown; a name after an at sign is not called.

    Marks that mean nothing stay as they are, for this Markdown is also read unrendered.
    """
    plain = _PLAIN.sub(lambda found: chr(int(found[1])), str(escape_markdown(text)))
    return plain.replace("&#64;", "&#64;<!-- -->")
