"""Which file holds which declarations, and how the columns of a table become their fields.

Pure, and nothing but a description: `report.facts` and `report.observed` do the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from report.cells import (
    CellError,
    Reader,
    read_cells,
    read_choice,
    read_day,
    read_integer,
    read_number,
    read_number_or_zero,
    read_optional_number,
    read_period,
    read_ranks,
    read_words,
    read_yes,
)
from report.corrections import Correction
from report.items import Constraint, Opportunity
from report.model import (
    Assessment,
    DerivedDeclaration,
    Event,
    Institution,
    Measure,
    Page,
    Question,
    Reason,
    SeriesDeclaration,
    Source,
    Status,
    Target,
    Unit,
)
from report.rows import Row
from report.statements import Claim
from report.terms import Term


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table's columns become the fields of a model."""

    model: type[BaseModel]
    texts: tuple[str, ...] = ()
    """Fields with a column for each language: `title`, `title_zh`, `title_ru`."""
    plain: tuple[str, ...] = ()
    readers: Mapping[str, Reader] = field(default_factory=dict)

    def columns(self) -> tuple[list[str], list[str]]:
        """The columns that must be there, and those that may."""
        required = [name for name in self.model.model_fields if name in self._names()]
        return required, [f"{name}_{code}" for name in self.texts for code in ("zh", "ru")]

    def _names(self) -> set[str]:
        return {*self.texts, *self.plain, *self.readers}

    def build(self, row: Row) -> tuple[dict[str, Any], dict[str, CellError]]:
        """Field values of one row, and what is wrong with the cells of those that are missing."""
        values, errors = read_cells(row.cells, self.readers)
        values |= {name: row.cells[name] for name in self.plain}
        for name in self.texts:
            texts = {"en": row.cells[name]}
            texts |= {code: row.cells.get(f"{name}_{code}", "") for code in ("zh", "ru")}
            values[name] = {code: words for code, words in texts.items() if words}
        return values, errors


SHAPES: Mapping[str, tuple[str, Shape]] = {
    "data/framework/pages.csv": (
        "pages",
        Shape(
            Page,
            ("title",),
            ("id", "kind", "sections"),
            {"order": read_integer, "source": read_words},
        ),
    ),
    "data/framework/questions.csv": (
        "questions",
        Shape(Question, ("title", "gap"), ("id", "page")),
    ),
    "data/framework/measures.csv": (
        "measures",
        Shape(Measure, ("title", "gist"), ("id", "page", "source", "section")),
    ),
    "data/assessments.csv": (
        "assessments",
        Shape(Assessment, ("reasoning",), ("measure", "date", "status"), {"evidence": read_words}),
    ),
    "data/claims.csv": (
        "claims",
        Shape(
            Claim,
            ("claim", "note"),
            (
                *("id", "source", "section", "kind", "first", "period", "operator"),
                *("unit", "figure"),
            ),
            {
                "series": read_words,
                "evidence": read_words,
                "formula": read_words,
                "value": read_optional_number,
                "tolerance": read_number_or_zero,
                "made_on": read_day,
            },
        ),
    ),
    "data/framework/constraints.csv": (
        "constraints",
        Shape(
            Constraint,
            ("title", "gist", "gap"),
            ("id", "source", "section"),
            {"addressed_by": read_words, "indicators": read_words},
        ),
    ),
    "data/framework/opportunities.csv": (
        "opportunities",
        Shape(
            Opportunity,
            ("title", "gist", "gap"),
            ("id", "source", "section"),
            {"addressed_by": read_words, "indicators": read_words},
        ),
    ),
    "data/sources.csv": (
        "sources",
        Shape(
            Source,
            (),
            ("id", "producer", "title", "title_lang", "url", "published", "licence", "note"),
            {"accessed": read_day, "redistributable": read_yes},
        ),
    ),
    "data/units.csv": (
        "units",
        Shape(
            Unit,
            ("title", "pattern"),
            ("id",),
            {
                "digits": read_integer,
                "minimum": read_optional_number,
                "maximum": read_optional_number,
            },
        ),
    ),
    "data/series.csv": (
        "series",
        Shape(
            SeriesDeclaration,
            ("title", "definition"),
            ("id", "unit", "frequency", "reporter", "geography", "valuation", "desired"),
            {"sources": read_ranks},
        ),
    ),
    "data/targets.csv": (
        "targets",
        Shape(Target, (), ("series", "by", "base", "event"), {"value": read_number}),
    ),
    "data/events.csv": (
        "events",
        Shape(
            Event,
            ("title", "description"),
            (
                *("id", "date", "kind", "parties", "place", "page"),
                *("effect", "source", "locator", "doubt"),
            ),
            {"published": read_day},
        ),
    ),
    "data/institutions.csv": (
        "institutions",
        Shape(
            Institution,
            ("name", "remit"),
            ("id", "type", "established", "status", "page", "source"),
            {"published": read_day},
        ),
    ),
}
LISTED: Mapping[str, type[BaseModel]] = {
    "data/derived.yml": DerivedDeclaration,
    "data/corrections.yml": Correction,
    "data/glossary.yml": Term,
}
"""Documents that hold one list of declarations, under the key of the file's name."""
OBSERVATION_COLUMNS = (
    *("series", "period", "value", "status", "published"),
    *("source", "locator", "note", "reason"),
)
OBSERVATION_READERS: Mapping[str, Reader] = {
    "period": read_period,
    "value": read_optional_number,
    "status": read_choice(Status),
    "published": read_day,
    "reason": read_choice(Reason),
}
