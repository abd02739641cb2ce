"""Differences as plain values, for JSON that programs read.

Pure. Knows the shape of the document, which only grows: keys keep their meaning. Numbers of the
data are texts, so that none is rounded; sizes are numbers from 0 to 1 with six decimals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any

from report.changes import (
    ChangeKind,
    ClaimChange,
    Coverage,
    Diff,
    Extent,
    MeasureChange,
    RowChange,
    State,
    ValueChange,
)
from report.contrasts import CellContrast, Contrast, FigureContrast
from report.model import Edition
from report.problems import Problem
from report.tables import Cell
from report.updates import Before

VERSION = 1
"""Grows when a key changes its meaning."""


def transcribe_contrasts(
    old: str, new: str, contrasts: Iterable[Contrast], faults: Iterable[Problem] = ()
) -> dict[str, Any]:
    """The whole comparison; `old` and `new` say in words what was compared.

    `faults` are what keeps the old side from being composed.
    """
    return {
        "version": VERSION,
        "old": old,
        "new": new,
        "problems": [str(problem) for problem in faults],
        "editions": [_transcribe_contrast(contrast) for contrast in contrasts],
    }


def _transcribe_contrast(contrast: Contrast) -> dict[str, Any]:
    return {
        "edition": contrast.edition,
        "language": contrast.language,
        **transcribe_diff(contrast.diff),
        "rows": [_transcribe_row(change) for change in contrast.diff.rows],
        "figures": [_transcribe_figure(figure) for figure in contrast.figures],
        "figures_unchanged": contrast.unchanged,
        "sentences": [
            {
                "document": reading.document,
                "old": reading.old,
                "new": reading.new,
                "numbers_only": reading.is_renumbered,
            }
            for reading in contrast.readings
        ],
        "documents": {
            "appeared": list(contrast.appeared),
            "disappeared": list(contrast.disappeared),
        },
    }


def transcribe_edition(
    edition: Edition, before: Before | None, closed: Collection[str] = ()
) -> dict[str, Any]:
    """What changed since the edition before, as `changes.json` holds it (docs/changes.md).

    `closed` are sources whose values may not be passed on: what rests on one is `withheld`.
    Values of periods that are new are counted in `coverage` and not listed: they are the data.
    """
    diff = before.diff if before else Diff()
    told = transcribe_diff(diff)
    told["values"] = [
        _withhold(one, closed) for one in told["values"] if one["kind"] != ChangeKind.APPEARED
    ]
    return {
        "version": VERSION,
        "edition": _transcribe_name(edition),
        "before": _transcribe_name(before.edition) if before else None,
        **told,
    }


def _withhold(change: dict[str, Any], closed: Collection[str]) -> dict[str, Any]:
    """A change without the values that may not be passed on."""
    sides = {
        side: {**state, "value": None, "status": "withheld"}
        for side in ("old", "new")
        if (state := change[side]) and state["value"] and set(closed) & set(state["sources"])
    }
    # From its size and one value the other could be worked out.
    return {**change, **sides, "size": None} if sides else change


def _transcribe_name(edition: Edition) -> dict[str, str]:
    days = {"cut_off": edition.cut_off, "released": edition.released}
    return {"id": edition.id, **{name: day.isoformat() for name, day in days.items()}}


def transcribe_diff(diff: Diff) -> dict[str, Any]:
    """What differs between two views; each list in the order of the diff, the worst first."""
    return {
        "values": [_transcribe_value(change) for change in diff.values],
        "coverage": [_transcribe_coverage(change) for change in diff.coverage],
        "series": [
            {
                "kind": change.kind.value,
                "series": change.series,
                "old": change.old,
                "new": change.new,
            }
            for change in diff.series
        ],
        "measures": [_transcribe_measure(change) for change in diff.measures],
        "claims": [_transcribe_claim(change) for change in diff.claims],
        "lists": [
            {
                "kind": change.kind.value,
                "noun": change.noun,
                "id": change.id,
                "fields": list(change.aspects),
            }
            for change in diff.lists
        ],
    }


def _transcribe_row(change: RowChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "series": change.series,
        "period": str(change.period),
        "source": change.source,
        "published": change.published.isoformat(),
        "old": change.old,
        "new": change.new or None,
    }


def _transcribe_value(change: ValueChange) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "series": change.series,
        "period": str(change.period),
        "old": _transcribe_state(change.old),
        "new": _transcribe_state(change.new),
        "size": _round(change.size),
        "tier": str(change.tier) if change.tier else None,
        "rewritten": change.is_rewritten,
    }


def _transcribe_state(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "value": None if state.value is None else f"{state.value:f}",
        "status": str(state.status),
        "sources": list(state.sources),
        "published": state.published.isoformat(),
        "unit": state.unit,
        "reason": str(state.reason) if state.reason else None,
        "correction": state.correction or None,
    }


def _round(size: Fraction | None) -> float | None:
    return None if size is None else round(float(size), 6)


def _transcribe_coverage(change: Coverage) -> dict[str, Any]:
    return {
        "series": change.series,
        "appeared": change.appeared,
        "disappeared": change.disappeared,
        "old": _transcribe_extent(change.old),
        "new": _transcribe_extent(change.new),
    }


def _transcribe_extent(extent: Extent) -> dict[str, Any]:
    ends = {"first": extent.first, "last": extent.last}
    return {
        "count": extent.count,
        **{name: str(end) if end else None for name, end in ends.items()},
    }


def _transcribe_measure(change: MeasureChange) -> dict[str, Any]:
    sides = {"old": change.old, "new": change.new}
    return {
        "measure": change.measure,
        **{
            name: {"status": side[0].value, "since": side[1]} if side else None
            for name, side in sides.items()
        },
    }


def _transcribe_claim(change: ClaimChange) -> dict[str, Any]:
    return {
        "claim": change.claim,
        "old": change.old.value if change.old else None,
        "new": change.new.value if change.new else None,
    }


def _transcribe_figure(contrast: FigureContrast) -> dict[str, Any]:
    kind = "changed" if contrast.old and contrast.new else "appeared"
    return {
        "id": contrast.id,
        "document": contrast.document,
        "kind": kind if contrast.new else "disappeared",
        "aspects": list(contrast.aspects),
        "tier": contrast.tier.value if contrast.tier else None,
        "cells": [_transcribe_cell(cell) for cell in contrast.cells],
    }


def _transcribe_cell(cell: CellContrast) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "old": write_cell(cell.old),
        "new": write_cell(cell.new),
        "size": _round(cell.size),
        "tier": cell.tier.value if cell.tier else None,
    }


def write_cell(cell: Cell | None) -> str | None:
    """A cell's exact number, else its words; None where there is no such cell."""
    if cell is None:
        return None
    return cell.text if cell.value is None else f"{cell.value:f}"
