"""One edition in two states of the data: what differs in its facts, its figures and its sentences.

Pure. Knows composed editions. Draws nothing: a figure that differs comes with both its states, each
with specs and table. Figures that show the same are only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from report.changes import Diff, Tier, choose_tier, measure_size
from report.figures import Figure, build_figure
from report.pages import Composer
from report.portions import Keys
from report.revisions import compare_views
from report.sentences import Reading, compare_documents
from report.tables import MISSING, Cell, Table


@dataclass(frozen=True, slots=True)
class CellContrast:
    """A cell of a figure's table that differs."""

    row: str
    column: str
    old: Cell | None
    """None where the table had no such row or column."""
    new: Cell | None

    @property
    def size(self) -> Fraction | None:
        """How far the numbers are apart; None unless both are there."""
        if self.old is None or self.new is None:
            return None
        if self.old.value is None or self.new.value is None:
            return None
        return measure_size(self.old.value, self.new.value)

    @property
    def tier(self) -> Tier | None:
        """How much it matters; None where the number is the same, or there is none to compare."""
        return choose_tier(self.size) if self.size else None

    @property
    def is_loss(self) -> bool:
        """Whether a number went."""
        has_gone = self.new is None or self.new.value is None
        return self.old is not None and self.old.value is not None and has_gone


@dataclass(frozen=True, slots=True)
class FigureContrast:
    """A figure that came, went, or shows something else."""

    id: str
    document: str
    old: Figure | None
    new: Figure | None
    aspects: tuple[str, ...] = ()
    """Which parts differ: title, takeaway, drawing, table, sources, notes."""
    cells: tuple[CellContrast, ...] = ()
    has_other_axes: bool = False
    """Whether one drawing laid over the other would compare different scales."""

    @property
    def figure(self) -> Figure:
        """The state of today, or the last one."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one side has it
        return found

    @property
    def tier(self) -> Tier | None:
        """That of the largest change of a number in it."""
        sizes = [cell.size for cell in self.cells if cell.size]
        return choose_tier(max(sizes)) if sizes else None


@dataclass(frozen=True, slots=True)
class Contrast:
    """All that differs in one edition, in one language."""

    edition: str
    language: str
    diff: Diff
    figures: tuple[FigureContrast, ...]
    unchanged: int
    """How many figures show the same."""
    readings: tuple[Reading, ...]
    appeared: tuple[str, ...] = ()
    """Documents that came."""
    disappeared: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs that a reader could see."""
        documents = (*self.appeared, *self.disappeared)
        return self.diff.is_empty and not (self.figures or self.readings or documents)


def contrast_editions(old: Composer, new: Composer) -> Contrast:
    """What differs between two composed states of an edition; the worst comes first.

    Raises FigureRefused where a figure cannot be made.
    """
    before, after = old.result.markdown, new.result.markdown
    figures, unchanged = _contrast_figures(old, new)
    return Contrast(
        edition=new.view.edition.id,
        language=new.catalogue.language,
        diff=compare_views(old.view, new.view),
        figures=figures,
        unchanged=unchanged,
        readings=tuple(
            reading
            for name in sorted({*before} & {*after})
            for reading in compare_documents(name, before[name], after[name])
        ),
        appeared=tuple(sorted({*after} - {*before})),
        disappeared=tuple(sorted({*before} - {*after})),
    )


# Figures.


def _contrast_figures(old: Composer, new: Composer) -> tuple[tuple[FigureContrast, ...], int]:
    before, after = _make_keys(old), _make_keys(new)
    names = sorted({*before, *after})
    found = [
        contrast
        for name in names
        if before.get(name) != after.get(name)
        and (contrast := _contrast_figure(name, _take(old, name), _take(new, name))) is not None
    ]
    return tuple(sorted(found, key=_weigh)), len(names) - len(found)


def _make_keys(composer: Composer) -> dict[str, str]:
    """A key of all that each figure is made from, as far as facts and words go."""
    keys, found = Keys(), {}
    for name in composer.result.figures:
        order = composer.order_figure(name)
        words = (order.page, order.title, order.takeaway, order.notes)
        found[name] = keys.make(order.view, (order.declaration, *words))
    return found


def _take(composer: Composer, name: str) -> tuple[str, Figure] | None:
    """A figure with the document that places it, if the edition has it."""
    if name not in composer.result.figures:
        return None
    return composer.result.figures[name].document, build_figure(composer.order_figure(name))


def _contrast_figure(
    name: str, old: tuple[str, Figure] | None, new: tuple[str, Figure] | None
) -> FigureContrast | None:
    document = (new or old or ("", None))[0]
    if old is None or new is None:
        return FigureContrast(name, document, old and old[1], new and new[1])
    first, second = old[1], new[1]
    parts = {
        "title": (first.title, second.title),
        "takeaway": (first.takeaway, second.takeaway),
        "drawing": (_strip(first.specs), _strip(second.specs)),
        "table": (first.table, second.table),
        "sources": (first.sources, second.sources),
        "notes": (first.notes, second.notes),
    }
    aspects = tuple(part for part, (a, b) in parts.items() if a != b)
    if not aspects:
        return None
    cells = tuple(_contrast_tables(first.table, second.table))
    other_axes = _list_axes(first) != _list_axes(second)
    return FigureContrast(name, document, first, second, aspects, cells, other_axes)


def _strip(specs: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Specs without their description, which repeats the takeaway."""
    return [
        {key: part for key, part in spec.items() if key != "description"} for spec in specs.values()
    ]


def _list_axes(figure: Figure) -> set[tuple[object, ...]]:
    """The letters beside and below the plot with their places, as far as drawings have any."""
    spec = figure.specs["wide"]
    height = spec.get("height", 0)
    return {
        (item.get("x"), item.get("y"), item.get("text"))
        for layer in spec.get("layer", ())
        for item in layer.get("data", {}).get("values", ())
        if "text" in item and (item.get("x", 1) <= 0 or item.get("y", 0) >= height)
    }


def _weigh(contrast: FigureContrast) -> tuple[bool, int, Fraction, str]:
    losses = sum(cell.is_loss for cell in contrast.cells)
    size = max((cell.size for cell in contrast.cells if cell.size), default=Fraction(0))
    return contrast.new is not None, -losses, -size, contrast.id


# Tables.


def _contrast_tables(old: Table, new: Table) -> Iterator[CellContrast]:
    """Cells that differ, by the names of their rows and columns; those of the new table's order."""
    before, after = _index(old), _index(new)
    for place in dict.fromkeys([*after, *before]):
        first, second = before.get(place), after.get(place)
        if first == second or (_is_empty(first) and _is_empty(second)):
            continue
        yield CellContrast(place[0][0], place[1][0], first, second)


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or cell.text in {"", MISSING}


def _index(table: Table) -> dict[tuple[tuple[str, int], tuple[str, int]], Cell]:
    """Cells by the names of row and column, each counted where a name comes again."""
    columns = _count(column.title for column in table.columns)
    rows = _count(row[0].text for row in table.rows)
    return {
        (name, column): cell
        for name, row in zip(rows, table.rows, strict=True)
        for column, cell in list(zip(columns, row, strict=True))[1:]
    }


def _count(names: Iterable[str]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    counted = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        counted.append((name, seen[name]))
    return counted
