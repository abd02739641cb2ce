"""Differences told in Markdown, short enough for a comment: the worst first, what is cut counted.

Pure. Knows Markdown as code hosts show it. Text of the data is escaped and calls nobody by name.
Numbers of many digits are cut; the JSON has them whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from report.changes import (
    ChangeKind,
    Coverage,
    Extent,
    RowChange,
    SeriesChange,
    State,
    ValueChange,
)
from report.contrasts import Contrast, FigureContrast
from report.phrases import (
    KINDS,
    TIERS,
    code,
    escape,
    say_faults,
    say_listed,
    say_reason,
    say_row,
    write_change,
    write_state,
)
from report.problems import Problem
from report.sentences import Reading

LONGEST = 60_000
"""Characters of a whole digest; comments may have 65,536."""
SHARE = 20_000
"""Characters that one list may take, so that the others are seen as well."""
MOST_FAULTS = 20
MOST_WORDS = 400
"""Characters of one part of a problem; a value may be of any length."""


@dataclass(frozen=True, slots=True)
class Block:
    """A list under a heading: lines before, rows that may be cut, lines after."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[str, ...]
    tail: tuple[str, ...] = ()


def write_digest(
    old: str,
    new: str,
    contrasts: Sequence[Contrast],
    notes: Sequence[str] = (),
    faults: Sequence[Problem] = (),
) -> str:
    """All differences of all editions; `old` and `new` say what was compared.

    `faults` are what keeps the old side from being composed; the first of them are told.
    """
    lines = ["## What this change does to the figures", ""]
    lines += [f"From {old} to {new}.", *(line for note in notes for line in ("", note))]
    blocks: list[Block] = []
    if faults:
        lines += ["", f"**Nothing is compared.** {say_faults(old, new, len(faults))}"]
        rows = (_write_fault(fault) for fault in faults[:MOST_FAULTS])
        lines += ["", *rows, *_count_rest(len(faults) - MOST_FAULTS)]
    for contrast in contrasts:
        name = f"edition {contrast.edition}, {contrast.language}"
        lines += ["", f"**{name[:1].upper()}{name[1:]}**: {count_changes(contrast)}"]
        where = f" ({name})" if len(contrasts) > 1 else ""
        blocks += [block for block in _list_blocks(contrast, where) if block.rows]
    text = "\n".join(lines) + "\n"
    for block in blocks:
        text += _write_block(block, min(SHARE, LONGEST - len(text) - 100 * len(blocks)))
    return text


def _write_block(block: Block, room: int) -> str:
    """A block with as many rows as there is room for, and how many are left out."""
    kept: list[str] = []
    for row in block.rows:
        room -= len(row) + 1
        if room < 0:
            break
        kept.append(row)
    left = len(block.rows) - len(kept)
    body = [*block.head, *kept, *block.tail] if kept else []
    return "\n".join(["", f"### {block.heading}", "", *body, *_count_rest(left), ""])


def _count_rest(left: int) -> list[str]:
    return ["", f"… and {left:,} more that are not shown here."] if left > 0 else []


def _write_fault(fault: Problem) -> str:
    words = [" ".join(part.split())[:MOST_WORDS] for part in (fault.what, fault.remedy)]
    return f"- {code(str(fault.place))} {fault.code} {escape('; '.join(words))}"


def count_changes(contrast: Contrast) -> str:
    """One sentence with all numbers."""
    if contrast.is_empty:
        return f"nothing differs; {contrast.unchanged:,} figures show the same."
    values = Counter(change.kind for change in contrast.diff.values)
    tiers = Counter(change.tier for change in contrast.diff.values if change.tier)
    sizes = ", ".join(f"{tiers[tier]:,} {words}" for tier, words in TIERS.items())
    renumbered = sum(reading.is_renumbered for reading in contrast.readings)
    parts = [
        f"values gone: {values[ChangeKind.DISAPPEARED]:,}",
        f"revised: {values[ChangeKind.REVISED]:,}, restated: {values[ChangeKind.RESTATED]:,}",
        f"of these {sizes}",
        f"new: {values[ChangeKind.APPEARED]:,}",
        f"figures that differ: {len(contrast.figures):,}",
        f"figures that show the same: {contrast.unchanged:,}",
        f"sentences: {len(contrast.readings):,}, of these in numbers alone: {renumbered:,}",
        f"statuses of measures: {len(contrast.diff.measures):,}",
        f"verdicts: {len(contrast.diff.claims):,}",
        f"rows overwritten or gone: {len(contrast.diff.rows):,}",
    ]
    return "; ".join(parts) + "."


def _list_blocks(contrast: Contrast, where: str) -> Iterator[Block]:
    diff = contrast.diff
    loud = [c for c in diff.values if c.tier or c.kind is ChangeKind.DISAPPEARED]
    yield _tabulate(
        f"Values{where}",
        ("size", "series", "period", "old", "new", "change", "reason"),
        (_write_value(change) for change in loud),
    )
    yield _tabulate(
        f"Figures{where}",
        ("largest change", "figure", "what differs", "page"),
        (_write_figure(figure) for figure in contrast.figures),
    )
    yield _tabulate(
        f"Statuses of measures{where}",
        ("measure", "old", "new"),
        (
            (code(c.measure), *(f"{s[0].value}, {s[1]}" if s else "–" for s in (c.old, c.new)))
            for c in diff.measures
        ),
    )
    yield _tabulate(
        f"Verdicts on claims{where}",
        ("claim", "old", "new"),
        (
            (code(c.claim), *(verdict.value if verdict else "–" for verdict in (c.old, c.new)))
            for c in diff.claims
        ),
    )
    yield Block(
        f"Sentences{where}",
        ("```diff",),
        tuple(_write_reading(*group) for group in group_readings(contrast.readings)),
        ("```",),
    )
    yield _tabulate(
        f"Declarations of series{where}",
        ("what", "series", "old", "new"),
        (_write_declaration(change) for change in diff.series),
    )
    yield _tabulate(
        f"Coverage{where}",
        ("series", "gone", "new", "before", "now"),
        (_write_coverage(entry) for entry in diff.coverage),
    )
    new = [c for c in diff.values if c.kind is ChangeKind.APPEARED]
    yield _tabulate(
        f"New values{where}",
        ("series", "period", "value", "reason"),
        (_write_new(change) for change in new),
    )
    quiet = [c for c in diff.values if c.kind in {ChangeKind.STATUS, ChangeKind.SOURCE}]
    yield _tabulate(
        f"Same values, held otherwise{where}",
        ("what", "series", "period", "value", "old", "new"),
        (_write_quiet(change) for change in quiet),
    )
    yield _tabulate(
        f"Rows of earlier publications{where}",
        ("what", "series", "period", "source", "published", "old", "new"),
        (_write_row(change) for change in diff.rows),
    )
    listed = [f"- {c.noun} {code(c.id)} {say_listed(c)}" for c in diff.lists]
    listed += [
        f"- page {code(name)} {KINDS[ChangeKind.DISAPPEARED]}" for name in contrast.disappeared
    ]
    listed += [f"- page {code(name)} {KINDS[ChangeKind.APPEARED]}" for name in contrast.appeared]
    yield Block(f"What came and went{where}", (), tuple(listed))


def _tabulate(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    head = (f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}")
    return Block(heading, head, tuple(f"| {' | '.join(row)} |" for row in rows))


def _write_value(change: ValueChange) -> tuple[str, ...]:
    tier = TIERS[change.tier] if change.tier else KINDS[change.kind]
    kind = " restated" if change.kind is ChangeKind.RESTATED else ""
    reason = escape(say_reason(change.new))
    if change.is_rewritten:
        reason = f"{reason}, **overwritten in place**"
    states = (write_state(change.old), write_state(change.new))
    return (
        f"{tier}{kind}",
        code(change.series),
        str(change.period),
        *states,
        write_change(change),
        reason,
    )


def _write_row(change: RowChange) -> tuple[str, ...]:
    key = (code(change.series), str(change.period), code(change.source), str(change.published))
    return f"**{say_row(change)}**", *key, escape(change.old), escape(change.new) or "–"


def _write_new(change: ValueChange) -> tuple[str, ...]:
    reason = escape(say_reason(change.new))
    return code(change.series), str(change.period), write_state(change.new), reason


def _write_declaration(change: SeriesChange) -> tuple[str, ...]:
    write = code if change.kind is ChangeKind.SOURCE else escape
    sides = (write(side) if side else "–" for side in (change.old, change.new))
    return change.kind.value, code(change.series), *sides


def _write_figure(contrast: FigureContrast) -> tuple[str, ...]:
    if contrast.new is None or contrast.old is None:
        kind = ChangeKind.APPEARED if contrast.new else ChangeKind.DISAPPEARED
        tier, what = KINDS[kind], ""
    else:
        tier = name_severity(contrast)
        what = ", ".join(contrast.aspects)
    name = f"{code(contrast.id)} {escape(contrast.figure.title)}"
    return tier, name, what, code(contrast.document)


def name_severity(contrast: FigureContrast) -> str:
    """How many numbers a figure has lost, and how large the largest change is."""
    losses = sum(cell.is_loss for cell in contrast.cells)
    parts = [f"✕ {losses:,} gone"] if losses else []
    return ", ".join([*parts, TIERS[contrast.tier]] if contrast.tier else parts)


def group_readings(readings: Iterable[Reading]) -> list[tuple[tuple[str, ...], Reading]]:
    """Sentences with the documents that hold them, each once.

    First those of which only numbers differ, then those whose words do, then what came.
    """
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.old, reading.new), []).append(reading)
    found = [
        (tuple(dict.fromkeys(reading.document for reading in group)), group[0])
        for group in groups.values()
    ]
    return sorted(found, key=lambda g: (not g[1].is_renumbered, not g[1].old, g[0]))


def _write_reading(documents: Sequence[str], reading: Reading) -> str:
    sides = (("-", reading.old), ("+", reading.new))
    said = [f"{mark} {_fence(text)}" for mark, text in sides if text]
    return "\n".join([f"# {_fence(', '.join(documents))}", *said])


def _fence(text: str) -> str:
    """Text that cannot end the fenced block it stands in."""
    return text.replace("```", "'''")


def _write_coverage(entry: Coverage) -> tuple[str, ...]:
    counts = (f"{entry.disappeared:,}", f"{entry.appeared:,}")
    return code(entry.series), *counts, _write_extent(entry.old), _write_extent(entry.new)


def _write_extent(extent: Extent) -> str:
    return f"{extent.count:,}: {extent.first} to {extent.last}" if extent.count else "none"


def _write_quiet(change: ValueChange) -> tuple[str, ...]:
    sides = [_write_holding(state) for state in (change.old, change.new)]
    value = write_state(change.new or change.old)
    return KINDS[change.kind], code(change.series), str(change.period), value, *sides


def _write_holding(state: State | None) -> str:
    if state is None:
        return "–"
    return f"{state.status.value}, {' '.join(map(code, state.sources))}, {state.published}"
