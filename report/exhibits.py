"""Differences as one HTML page that needs nothing beside it: drawings, tables and sentences.

Pure. Knows what a page of differences shows, and gives the form its words and numbers; drawings are
handed in. No script is needed: how two drawings lie is chosen by buttons that style sheets know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from report import theme
from report.changes import ChangeKind, ValueChange
from report.contrasts import CellContrast, Contrast, FigureContrast
from report.digests import count_changes, group_readings, name_severity
from report.environment import make_environment
from report.phrases import (
    KINDS,
    TIERS,
    say_faults,
    say_listed,
    say_reason,
    say_row,
    write_change,
    write_difference,
)
from report.policies import add_policy
from report.problems import Problem
from report.text import trust
from report.transcripts import write_cell

FORM = "parts/differences.html.jinja"
MOST_ROWS = 1_000
"""Rows of one table; the JSON has them all."""
Drawings = Mapping[tuple[str, str, str], str]
"""Finished drawings by edition, figure, and `old` or `new`."""


def write_exhibit(  # noqa: PLR0913, PLR0917 - the page, and what it is made from
    sides: tuple[str, str],
    contrasts: Sequence[Contrast],
    notes: Sequence[str],
    drawings: Drawings,
    form: str,
    faults: Sequence[Problem] = (),
) -> str:
    """The page; `sides` say what was compared, `form` is the text of the template `FORM`.

    `faults` are what keeps the old side from being composed.
    """
    context = {
        "old": sides[0],
        "new": sides[1],
        "notes": notes,
        "reason": say_faults(*sides, len(faults)) if faults else "",
        "faults": _show_table(
            "", "Problems", ("Place", "What is wrong"), [_show_fault(fault) for fault in faults]
        ),
        "colours": trust(_write_colours()),
        "editions": [_show_contrast(contrast, drawings) for contrast in contrasts],
    }
    template = make_environment({FORM: form}).get_template(FORM)
    return add_policy(template.render(context).strip() + "\n")


def _show_fault(fault: Problem) -> tuple[str, str]:
    return str(fault.place), f"{fault.code} {fault.what}; {fault.remedy}"


def _write_colours() -> str:
    """The colours of drawings, for light and dark screens."""
    light = "".join(f"--fig-{role.name}:{role.light};" for role in theme.ROLES)
    dark = "".join(f"--fig-{role.name}:{role.dark};" for role in theme.ROLES)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _show_contrast(contrast: Contrast, drawings: Drawings) -> dict[str, Any]:
    diff = contrast.diff
    loud = [c for c in diff.values if c.tier or c.kind is ChangeKind.DISAPPEARED]
    new = [c for c in diff.values if c.kind is ChangeKind.APPEARED]
    quiet = [c for c in diff.values if c.kind in {ChangeKind.STATUS, ChangeKind.SOURCE}]
    title = f"Edition {contrast.edition}, {contrast.language}"
    show = partial(_show_table, title)
    return {
        "name": f"{contrast.edition}-{contrast.language}",
        "title": title,
        "summary": count_changes(contrast),
        "unchanged": f"{contrast.unchanged:,}",
        "figures": [
            _show_figure(contrast.edition, figure, drawings) for figure in contrast.figures
        ],
        "readings": group_readings(contrast.readings),
        "tables": [
            show(
                "Values",
                ("Size", "Series", "Period", "Before", "Now", "Change", "Reason"),
                [_show_value(change) for change in loud],
            ),
            show(
                "Statuses of measures",
                ("Measure", "Before", "Now"),
                [
                    (c.measure, *(f"{s[0].value}, {s[1]}" if s else "–" for s in (c.old, c.new)))
                    for c in diff.measures
                ],
            ),
            show(
                "Verdicts on claims",
                ("Claim", "Before", "Now"),
                [
                    (c.claim, *(verdict.value if verdict else "–" for verdict in (c.old, c.new)))
                    for c in diff.claims
                ],
            ),
            show(
                "Declarations of series",
                ("What", "Series", "Before", "Now"),
                [(c.kind.value, c.series, c.old, c.new) for c in diff.series],
            ),
            show(
                "Coverage",
                ("Series", "Gone", "New", "Values before", "Values now"),
                [
                    (c.series, *map(str, (c.disappeared, c.appeared, c.old.count, c.new.count)))
                    for c in diff.coverage
                ],
            ),
            show(
                "New values",
                ("Series", "Period", "Value", "Reason"),
                [_show_value(c)[1:3] + _show_value(c)[4::2] for c in new],
            ),
            show(
                "Same values, held otherwise",
                ("What", "Series", "Period", "Value", "Before", "Now"),
                [_show_quiet(change) for change in quiet],
            ),
            show(
                "Rows of earlier publications",
                ("What", "Series", "Period", "Source", "Published", "Before", "Now"),
                [
                    (
                        say_row(c),
                        c.series,
                        str(c.period),
                        c.source,
                        str(c.published),
                        c.old,
                        c.new or "–",
                    )
                    for c in diff.rows
                ],
            ),
            show(
                "What came and went",
                ("What", "Name", ""),
                [
                    *((c.noun, c.id, say_listed(c)) for c in diff.lists),
                    *(
                        ("page", name, KINDS[ChangeKind.DISAPPEARED])
                        for name in contrast.disappeared
                    ),
                    *(("page", name, KINDS[ChangeKind.APPEARED]) for name in contrast.appeared),
                ],
            ),
        ],
    }


def _show_table(
    owner: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, Any]:
    left = len(rows) - MOST_ROWS
    return {
        "title": title,
        "label": f"{title}: {owner}" if owner else title,
        "heads": heads,
        "rows": rows[:MOST_ROWS],
        "left": f"{left:,}" if left > 0 else "",
    }


def _show_value(change: ValueChange) -> tuple[str, ...]:
    tier = TIERS[change.tier] if change.tier else KINDS[change.kind]
    kind = ", restated" if change.kind is ChangeKind.RESTATED else ""
    values = [
        "–" if state is None or state.value is None else f"{state.value:f}"
        for state in (change.old, change.new)
    ]
    reason = say_reason(change.new)
    if change.is_rewritten:
        reason = f"{reason}, overwritten in place"
    row = (f"{tier}{kind}", change.series, str(change.period), *values)
    return (*row, write_change(change), reason)


def _show_quiet(change: ValueChange) -> tuple[str, ...]:
    known = change.new or change.old
    value = "–" if known is None or known.value is None else f"{known.value:f}"
    sides = [
        "–" if s is None else f"{s.status.value}, {' '.join(s.sources)}, {s.published}"
        for s in (change.old, change.new)
    ]
    return KINDS[change.kind], change.series, str(change.period), value, *sides


def _show_figure(edition: str, contrast: FigureContrast, drawings: Drawings) -> dict[str, Any]:
    sides = {
        side: trust(drawings[edition, contrast.id, side])
        for side in ("old", "new")
        if (edition, contrast.id, side) in drawings
    }
    if contrast.old and contrast.new:
        what = "differs in: " + ", ".join(contrast.aspects)
    else:
        what = "is new" if contrast.new else "is gone"
    cells = [_show_cell(cell) for cell in _sort_cells(contrast.cells)]
    heads = ("Row", "Column", "Before", "Now", "Change", "Size")
    titles = [figure.title for figure in (contrast.old, contrast.new) if figure]
    return {
        "name": f"{edition}-{contrast.id}",
        "id": contrast.id,
        "title": contrast.figure.title,
        "titles": titles if len(set(titles)) > 1 else [],
        "document": contrast.document,
        "what": what,
        "tier": name_severity(contrast),
        "sides": sides,
        "has_other_axes": contrast.has_other_axes,
        "table": _show_table(contrast.id, "Numbers that differ", heads, cells),
    }


def _sort_cells(cells: Iterable[CellContrast]) -> list[CellContrast]:
    return sorted(cells, key=lambda cell: (not cell.is_loss, -(cell.size or 0)))


def _show_cell(cell: CellContrast) -> tuple[str, ...]:
    change = ""
    if cell.size and cell.old and cell.new:
        change = write_difference(cell.old.value, cell.new.value)
    words = TIERS[cell.tier] if cell.tier else ""
    if not words:
        kind = ChangeKind.DISAPPEARED if cell.is_loss else ChangeKind.APPEARED
        has_number = any(side and side.value is not None for side in (cell.old, cell.new))
        words = KINDS[kind] if has_number and cell.size is None else ""
    sides = [write_cell(side) or "–" for side in (cell.old, cell.new)]
    return cell.row, cell.column, *sides, change, words
