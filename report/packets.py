"""What goes with a figure as text: its numbers as CSV, what they are, and all of it in one archive.

Pure. Numbers whose sources do not let them be passed on keep their row, so that it is seen what is
missing, but lose their value. Knows no drawing and no place where files are kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.citations import Work, cite_plainly
from report.columns import Column, Kind, Schema
from report.figures import Order
from report.figures.numbers import Number
from report.flatfiles import write_table
from report.languages import Catalogue
from report.model import Event, Source
from report.schemas import EVENTS, VALUES, WITHHELD
from report.text import guard_formula
from report.works import make_figure_work

KNOWN_ON = Column(
    "known_on", Kind.DAY, "Day whose knowledge the value belongs to, where the figure shows several"
)
_OF_VALUES = {column.name: column for column in VALUES.columns}
_OF_EVENTS = {column.name: column for column in EVENTS.columns}
_NUMBERS = (
    Column("series", Kind.NAME, "The series, as the tables of the edition name it"),
    Column("title", Kind.TEXT, "The title of the series"),
    _OF_VALUES["period"],
    Column("value", Kind.NUMBER, "Exact, not rounded; empty where the status says why", False),
    Column("unit", Kind.TEXT, "What the value is counted in, in words"),
    *(_OF_VALUES["status"], _OF_VALUES["published"], _OF_VALUES["source"]),
)
_HEADS = ("id", "date", "title", "description", "kind", "parties", "place", "effect", "source")
ABOUT = "The numbers of one figure"


@dataclass(frozen=True, slots=True)
class Packet:
    """All that is told of a figure beside its drawing."""

    order: Order
    work: Work
    numbers: tuple[Number, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    @property
    def withheld(self) -> tuple[Number, ...]:
        """The numbers that may not be passed on."""
        return tuple(number for number in self.numbers if is_withheld(number, self.order))

    @property
    def left_out(self) -> str:
        """What the files leave out, in words."""
        return say_withheld(len(self.withheld), len(self.numbers), self.order.catalogue)

    @property
    def schema(self) -> Schema:
        """The columns of its table."""
        name = self.order.declaration.id
        if self.events:
            columns = (*(_OF_EVENTS[head] for head in _HEADS), _OF_EVENTS["published"])
            return Schema(name, self.work.title, ABOUT, columns)
        columns = _NUMBERS
        if any(number.known_on for number in self.numbers):
            columns = (*columns, KNOWN_ON)
        return Schema(name, self.work.title, ABOUT, columns, ("series", "period"))


def name_figure(order: Order) -> Work:
    """The figure as a work that can be cited."""
    view, declaration = order.view, order.declaration
    place = (order.document, declaration.id, order.title, order.number)
    return make_figure_work(view.report.declaration, view.edition, order.catalogue, *place)


def is_withheld(number: Number, order: Order) -> bool:
    """Whether a source of a value does not let it be passed on; without a value nothing is held."""
    known = order.view.report.sources
    return number.value is not None and not all(
        known[name].redistributable for name in number.sources
    )


def write_csv(packet: Packet) -> str:
    """The numbers of a figure, or the events of a timeline, one in a row."""
    schema, order = packet.schema, packet.order
    rows = [_list_event(event, order.catalogue) for event in packet.events]
    rows = rows or [_list_number(number, order) for number in packet.numbers]
    numeric = [column.kind is Kind.NUMBER for column in schema.columns]
    return write_table(
        schema,
        (
            [cell if is_number else guard_formula(cell) for cell, is_number in zip(row, numeric)]  # noqa: B905 - a last cell may have no column
            for row in rows
        ),
    )


def _list_number(number: Number, order: Order) -> tuple[str, ...]:
    held = is_withheld(number, order)
    value = "" if number.value is None or held else format(number.value, "f")
    return (
        *(number.series, number.title, str(number.period), value, number.unit),
        *(WITHHELD if held else number.status.value, number.published.isoformat()),
        *(" ".join(number.sources), number.known_on),
    )


def _list_event(event: Event, catalogue: Catalogue) -> tuple[str, ...]:
    title, description = catalogue.text(event.title), catalogue.text(event.description)
    return (
        *(event.id, event.date, title, description, event.kind, event.parties, event.place),
        *(event.effect, event.source, event.published.isoformat()),
    )


# What the files are.


def write_metadata(packet: Packet) -> str:
    """What the figure is, for programs: words, columns, sources, and what is withheld."""
    order, work = packet.order, packet.work
    edition, known = order.view.edition, order.view.report.sources
    told = {
        "id": order.declaration.id,
        "number": order.number,
        "title": order.title,
        "takeaway": order.takeaway,
        "notes": list(packet.notes),
        "address": work.address,
        "report": work.container,
        "edition": edition.id,
        "cut_off": edition.cut_off.isoformat(),
        "released": work.released.isoformat(),
        "language": work.language,
        "publisher": work.publisher,
        "licence": work.licence,
        "citation": cite_plainly(work, order.catalogue),
        "columns": [
            {"name": column.name, "type": column.kind.value, "description": column.description}
            for column in packet.schema.columns
        ],
        "rows": len(packet.events or packet.numbers),
        "withheld": [
            {
                "series": number.series,
                "period": str(number.period),
                "sources": [name for name in number.sources if not known[name].redistributable],
            }
            for number in packet.withheld
        ],
        "sources": [describe_source(source) for source in packet.sources],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def describe_source(source: Source) -> dict[str, Any]:
    """A source with its address and terms, for programs."""
    described = {
        "id": source.id,
        "producer": source.producer,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "accessed": source.accessed.isoformat(),
        "licence": source.licence,
        "redistributable": source.redistributable,
    }
    return {name: value for name, value in described.items() if value != ""}


def say_withheld(count: int, most: int, catalogue: Catalogue) -> str:
    """A sentence on how many of all values are left out; nothing where none is."""
    if not count:
        return ""
    if count == most:
        return catalogue.gettext(
            "CSV and JSON give no value: the sources do not let these values be passed on. "
            "The table on the page shows them."
        )
    return catalogue.gettext(
        "CSV and JSON leave out %(count)s of %(most)s values, whose sources do not let them be "
        "passed on. The table on the page shows them.",
        count=catalogue.number(count),
        most=catalogue.number(most),
    )


def write_readme(packet: Packet, files: Sequence[str]) -> str:
    """What the archive holds, in words; `files` are the names of the others in it."""
    order, work, say = packet.order, packet.work, packet.order.catalogue.gettext
    day = order.catalogue.day
    title = f"{work.number}. {order.title}" if work.number else order.title
    where = say(
        "%(report)s, %(edition)s. It shows what was known by %(day)s.",
        report=work.container,
        edition=work.edition,
        day=day(order.view.edition.cut_off),
    )
    parts = [
        [title],
        [order.takeaway],
        list(packet.notes),
        [where, work.address],
        [say("Files"), *(f"- {name}: {_explain_file(name, order.catalogue)}" for name in files)],
        [
            say("Columns of the table"),
            *(f"- {column.name}: {column.description}" for column in packet.schema.columns),
        ],
        [say("What is left out"), packet.left_out] if packet.withheld else [],
        [say("Sources"), *(f"- {_cite_source(source)}" for source in packet.sources)],
        [
            say("Licence"),
            say(
                "Words and drawing: %(licence)s. Values: the terms of their sources.",
                licence=work.licence,
            ),
        ],
        [say("How to cite"), cite_plainly(work, order.catalogue)],
    ]
    return "\n\n".join("\n".join(filter(None, part)) for part in parts if any(part)) + "\n"


def _explain_file(name: str, catalogue: Catalogue) -> str:
    """What a file is, by the end of its name."""
    say = catalogue.gettext
    ends = {
        ".csv": say("the values, one in a row"),
        ".csl.json": say("the citation as CSL-JSON"),
        "metadata.json": say("what the figure is, for programs, with all sources"),
        ".json": say("the drawing as Vega-Lite, with its data"),
        ".svg": say("the drawing, to be scaled"),
        ".png": say("the drawing as a picture"),
        ".bib": say("the citation as BibTeX"),
        ".ris": say("the citation as RIS"),
    }
    return next(words for end, words in ends.items() if name.endswith(end))


def _cite_source(source: Source) -> str:
    told = (source.producer, source.title, source.published, source.url, source.licence)
    return f"{source.id}: {'. '.join(part for part in told if part)}"
