"""How single cells of the data tables are written and read.

Pure. Each reader turns one cell's text into a value or raises CellError, which says what was found
and what to write. Knows nothing of tables, columns or of what a value is for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from report.periods import Period, parse_period
from report.text import plain_number, suggest_numbers


class CellError(ValueError):
    """A cell that cannot be read: what was found, and what to write."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.code, self.what, self.remedy = code, what, remedy


Reader = Callable[[str], Any]
LONGEST_NUMBER = 25
"""Exact arithmetic on numbers is done with 28 digits."""


def read_cells(
    cells: Mapping[str, str], readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], dict[str, CellError]]:
    """What the cells of a row say, and what is wrong with those that say nothing, by column."""
    values: dict[str, Any] = {}
    errors: dict[str, CellError] = {}
    for name, reader in readers.items():
        try:
            values[name] = reader(cells[name])
        except CellError as error:
            errors[name] = error
    return values, errors


def read_words(cell: str) -> tuple[str, ...]:
    """Words separated by spaces or semicolons."""
    return tuple(word for word in re.split(r"[;\s]+", cell) if word)


def read_ranks(cell: str) -> tuple[tuple[str, ...], ...]:
    """Ranks separated by `>`, each with words separated by spaces."""
    return tuple(tuple(rank.split()) for rank in cell.split(">") if rank.strip())


def read_yes(cell: str) -> bool:
    """`yes` or `no`."""
    if cell not in {"yes", "no"}:
        raise CellError("E131", f"{cell!r} is neither yes nor no", "write yes or no")
    return cell == "yes"


def read_number(cell: str) -> Decimal:
    """A plain decimal number, exact."""
    if not plain_number(cell):
        remedy = "write a plain decimal such as 1204 or -0.5"
        if meant := suggest_numbers(cell):
            remedy = f"write {', or '.join(meant)}"
            remedy += " if the comma is a decimal one" if len(meant) > 1 else ""
        raise CellError("E201", f"value is {cell!r}, not a plain number", remedy)
    if len(cell) > LONGEST_NUMBER:
        what = f"value has {len(cell)} characters"
        raise CellError("E201", what, f"write it with at most {LONGEST_NUMBER}")
    return Decimal(cell)


def read_optional_number(cell: str) -> Decimal | None:
    """A plain decimal number, or nothing."""
    return read_number(cell) if cell else None


def read_number_or_zero(cell: str) -> Decimal:
    """A plain decimal number; nothing stands for zero."""
    return read_number(cell) if cell else Decimal(0)


@lru_cache(maxsize=8192)
def read_day(cell: str) -> date:
    """A day such as `2026-11-24`."""
    if re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", cell, re.ASCII):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise CellError("E203", f"{cell!r} is no day", "write a day such as 2026-11-24")


def read_integer(cell: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", cell, re.ASCII):
        raise CellError("E201", f"{cell!r} is no whole number", "write a whole number such as 2")
    return int(cell)


def read_period(cell: str) -> Period:
    """A period as `report.periods` writes it."""
    try:
        return parse_period(cell)
    except ValueError:
        what = f"{cell!r} is no period"
        remedy = "write 2016, 2016-H1, 2016-Q1, 2016-03 or 2016-03-14"
        raise CellError("E202", what, remedy) from None


def read_choice(choices: type[StrEnum]) -> Reader:
    """A reader of the values of an enumeration."""
    known = {choice.value: choice for choice in choices}

    def read(cell: str) -> Any:
        if cell not in known:
            what = f"{choices.__name__.lower()} is {cell!r}"
            raise CellError("E204", what, f"write one of {', '.join(known)}")
        return known[cell]

    return read
