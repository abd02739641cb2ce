"""The texts of `data/` turned into located declarations and observations.

Pure: file texts in, entries and problems out. Knows which file holds what; how cells are written is
told by `report.shapes`, and rows of observations are read by `report.observed`. Judges single cells
only; what must hold between entries is for `report.checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from report.corrections import Correction
from report.documents import Document, parse_document
from report.items import Constraint, Opportunity
from report.model import (
    Assessment,
    DerivedDeclaration,
    Edition,
    Event,
    FigureDeclaration,
    Institution,
    Measure,
    Observation,
    Page,
    Question,
    ReportDeclaration,
    SeriesDeclaration,
    Source,
    Target,
    Tile,
    Unit,
)
from report.observed import Observed, parse_observations
from report.problems import Place, Problem
from report.refusals import explain_error
from report.rows import Table, parse_table
from report.shapes import LISTED, SHAPES, Shape
from report.statements import Claim
from report.terms import Term

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A declaration or observation, and where its parts stand."""

    value: T
    at: Callable[[str], Place]
    """The place of a field by its name; of the whole for the empty name."""
    edition: str = ""
    """The edition whose own it is; empty for what belongs to all that have none of their own."""


@dataclass(frozen=True, slots=True)
class Parsers:
    """What makes something of the text of a file, whose path it is told as well."""

    document: Callable[[str, str], Document] = parse_document
    observations: Callable[[str, str], Observed] = parse_observations


PARSERS = Parsers()


@dataclass(slots=True)
class Facts:
    """Everything that `data/` holds, located, before anything between entries is checked."""

    declaration: Entry[ReportDeclaration] | None = None
    editions: list[Entry[Edition]] = field(default_factory=list)
    pages: list[Entry[Page]] = field(default_factory=list)
    questions: list[Entry[Question]] = field(default_factory=list)
    measures: list[Entry[Measure]] = field(default_factory=list)
    assessments: list[Entry[Assessment]] = field(default_factory=list)
    claims: list[Entry[Claim]] = field(default_factory=list)
    constraints: list[Entry[Constraint]] = field(default_factory=list)
    opportunities: list[Entry[Opportunity]] = field(default_factory=list)
    sources: list[Entry[Source]] = field(default_factory=list)
    units: list[Entry[Unit]] = field(default_factory=list)
    series: list[Entry[SeriesDeclaration]] = field(default_factory=list)
    derived: list[Entry[DerivedDeclaration]] = field(default_factory=list)
    observations: list[Entry[Observation]] = field(default_factory=list)
    targets: list[Entry[Target]] = field(default_factory=list)
    events: list[Entry[Event]] = field(default_factory=list)
    institutions: list[Entry[Institution]] = field(default_factory=list)
    corrections: list[Entry[Correction]] = field(default_factory=list)
    glossary: list[Entry[Term]] = field(default_factory=list)
    tiles: list[tuple[str, Entry[Tile]]] = field(default_factory=list)
    """Each with the page that shows it."""
    figures: list[tuple[str, Entry[FigureDeclaration]]] = field(default_factory=list)
    """Each with the page that shows it."""
    lost: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    """What can be told of entries too faulty to keep: the list they belong to, and their fields."""
    torn: set[str] = field(default_factory=set)
    """Lists of which more than single entries could not be read."""
    tables: list[Table] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parsers: Parsers = PARSERS

    def release(self) -> None:
        """Let go of what all this was made from, once it is checked: places are still known."""
        for table in self.tables:
            table.rows.clear()  # rows hold their table, so that nobody would let go of either
        for document in self.documents:
            document.value = None


NEEDED = ("data/report.yml", "data/framework/pages.csv", "data/units.csv", "data/sources.csv")


def parse_facts(
    texts: Mapping[str, str],
    unread: Collection[str] = (),
    parsers: Parsers = PARSERS,
) -> Facts:
    """Turn the texts of `data/`, by path, into located facts; nothing here raises.

    `unread` are paths that are there but could not be read; `parsers` may know texts already.
    """
    facts = Facts(parsers=parsers)
    for path in NEEDED:
        if path not in texts:
            facts.torn |= _names_of(path)
            if path not in unread:
                problem = Problem(Place(path), "E101", "the file is missing", "add it")
                facts.problems.append(problem)
    for path in unread:
        if path not in texts:
            facts.torn |= _names_of(path)
    for path, text in sorted(texts.items()):
        _parse_file(facts, path, text)
    for table in facts.tables:
        facts.problems.extend(table.problems)
    for document in facts.documents:
        facts.problems.extend(document.problems)
    return facts


def _names_of(path: str) -> set[str]:
    """The lists of facts that a file fills."""
    if path in SHAPES:
        return {SHAPES[path][0]}
    folder = path.removeprefix("data/").split("/")[0].removesuffix(".yml")
    return {"report": {"kinds"}, "figures": {"tiles", "figures"}}.get(folder, {folder})


def _parse_file(facts: Facts, path: str, text: str) -> None:
    if path in SHAPES:
        name, shape = SHAPES[path]
        getattr(facts, name).extend(_parse_models(facts, path, text, name, shape))
    elif re.fullmatch(r"data/observations/[a-z0-9-]+\.csv", path):
        facts.observations.extend(_parse_observations(facts, path, text))
    elif path == "data/report.yml":
        document = _parse_document(facts, path, text)
        facts.declaration = next(_validate(facts, document, (), ReportDeclaration), None)
    elif re.fullmatch(r"data/editions/[^/]+\.yml", path):
        document = _parse_document(facts, path, text)
        facts.editions.extend(_validate(facts, document, (), Edition))
    elif path in LISTED:
        document = _parse_document(facts, path, text)
        (name,) = _names_of(path)
        for at in _list_items(facts, document, name, (name,)):
            getattr(facts, name).extend(_validate(facts, document, at, LISTED[path]))
    elif (found := re.fullmatch(r"data/figures/(?:([^/]+)/)?([^/]+)\.yml", path)) is not None:
        _parse_figures(facts, path, text, found[2], found[1] or "")
    else:
        what, remedy = "no file of this name belongs here", "move it out of data/ or rename it"
        facts.problems.append(Problem(Place(path), "E102", what, remedy))
        facts.torn |= _names_of(path)


def _parse_figures(facts: Facts, path: str, text: str, page: str, edition: str) -> None:
    """The tiles and figures that a page shows in one edition, or in all without their own."""
    document = _parse_document(facts, path, text)
    for at in _list_items(facts, document, "tiles", ("tiles", "figures")):
        tiles = _validate(facts, document, at, Tile)
        facts.tiles += [(page, replace(entry, edition=edition)) for entry in tiles]
    for at in _list_items(facts, document, "figures", ("tiles", "figures")):
        figures = _validate(facts, document, at, FigureDeclaration)
        facts.figures += [(page, replace(entry, edition=edition)) for entry in figures]


def _parse_document(facts: Facts, path: str, text: str) -> Document:
    document = facts.parsers.document(text, path)
    facts.documents.append(document)
    if document.problems:
        facts.torn |= _names_of(path)
    return document


def _list_items(
    facts: Facts, document: Document, key: str, keys: Sequence[str]
) -> Iterator[tuple[str | int, ...]]:
    """Paths of the items of a list in a document, whose only keys are `keys`."""
    if document.problems:
        return
    value = document.value
    if not isinstance(value, dict) or set(value) - set(keys):
        found = ", ".join(map(str, value)) if isinstance(value, dict) else type(value).__name__
        what = f"the document holds {found}"
        remedy = f"write only the keys {', '.join(keys)}"
        facts.problems.append(Problem(document.place(()), "E132", what, remedy))
        facts.torn |= _names_of(document.file)
        return
    items = value.get(key)
    if items is not None and not isinstance(items, list):
        what = f"{key} is no list"
        facts.problems.append(Problem(document.place((key,)), "E131", what, "write a list"))
        facts.torn |= _names_of(document.file)
        return
    yield from ((key, index) for index in range(len(items or [])))


def _parse_table(
    facts: Facts, path: str, text: str, columns: tuple[Sequence[str], Sequence[str]]
) -> Table:
    table = parse_table(text, path, *columns)
    _note_table(facts, table)
    return table


def _note_table(facts: Facts, table: Table) -> None:
    facts.tables.append(table)
    for name in _names_of(table.file):
        facts.lost += [(name, cells) for cells in table.lost]
        if table.is_torn:
            facts.torn.add(name)


def _parse_models(
    facts: Facts, path: str, text: str, name: str, shape: Shape
) -> Iterator[Entry[Any]]:
    table = _parse_table(facts, path, text, shape.columns())
    for row in table.rows:
        values, errors = shape.build(row)
        for column, error in errors.items():
            facts.problems.append(row.problem(column, error.code, error.what, error.remedy))
        value = None
        try:
            value = shape.model.model_validate(values)
        except ValidationError as found:
            for code, key, what, remedy in explain_error(found):
                column = key.split(".")[0]
                if column not in errors:  # else it was said what is wrong with it
                    facts.problems.append(row.problem(column, code, what, remedy))
        if errors or value is None:
            facts.lost.append((name, row.cells))
        else:
            yield Entry(value, row.place)


def _validate(
    facts: Facts, document: Document, at: tuple[str | int, ...], model: type[M]
) -> Iterator[Entry[M]]:
    """The part of a document at a path as a model, unless something is wrong with it."""
    if document.problems:
        return
    value = document.value
    for key in at:
        value = value[key]

    def place(name: str) -> Place:
        parts = re.findall(r"[^.\[\]]+", name)
        keys = [int(part) if re.fullmatch("[0-9]{1,9}", part) else part for part in parts]
        return document.place((*at, *keys))

    try:
        yield Entry(model.model_validate(value), place)
    except ValidationError as error:
        for code, key, what, remedy in explain_error(error, model.model_fields):
            facts.problems.append(Problem(place(key), code, what, remedy))
        if (mended := _mend(value, error, model)) is not None:
            yield Entry(mended, place)
        elif at and isinstance(value, dict):
            facts.lost.append((str(at[0]), {key: _join(part) for key, part in value.items()}))
        else:
            facts.torn |= _names_of(document.file)


def _mend(value: object, error: ValidationError, model: type[M]) -> M | None:
    """What can still be judged where only texts are missing or keys are too many, as a model."""
    if not isinstance(value, dict):
        return None
    mended = dict(value)
    for item in error.errors(include_url=False):
        key = item["loc"][0]
        field = model.model_fields.get(str(key))
        is_text = field is not None and get_args(field.annotation)[1:] == (str,)
        if item["type"] == "extra_forbidden" and len(item["loc"]) == 1:
            del mended[key]
        elif item["type"] == "missing" and is_text:
            mended[key] = "?"  # is never shown: the problem is recorded
        else:
            return None
    return model.model_validate(mended)


def _join(part: object) -> str:
    """What a faulty part of a document names, as one text."""
    return " ".join(map(str, part)) if isinstance(part, list) else str(part)


def _parse_observations(facts: Facts, path: str, text: str) -> Iterator[Entry[Observation]]:
    observed = facts.parsers.observations(text, path)
    _note_table(facts, observed.table)
    facts.problems += observed.problems
    facts.lost += [("observations", cells) for cells in observed.lost]
    for value, line in observed.values:
        yield Entry(value, partial(observed.table.place, line))
