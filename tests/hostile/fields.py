"""Which fields of which declarations hold text, found from the declarations themselves.

A field that is new is filled by itself; one that must not be filled has to be excused here.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from report.declaring import Texts
from report.derive.operations import OPERATIONS
from report.figures import FORMS
from report.figures.request import PeriodText
from report.model import Edition, FigureDeclaration, ReportDeclaration, Tile
from report.shapes import LISTED, SHAPES

NAMES = "names of other facts, which must exist"
DAYS = "a day, month or year, which must be one"
EXCUSED: Mapping[str, str] = {
    "Page.source": NAMES,
    "Measure.source": NAMES,
    "Assessment.date": DAYS,
    "Assessment.evidence": NAMES,
    "Claim.source": NAMES,
    "Claim.series": NAMES,
    "Claim.first": NAMES,
    "Claim.evidence": NAMES,
    "Claim.formula": NAMES,
    "Claim.period": DAYS,
    "Claim.unit": NAMES,
    "Claim.figure": NAMES,
    "Constraint.source": NAMES,
    "Constraint.addressed_by": NAMES,
    "Constraint.indicators": NAMES,
    "Opportunity.source": NAMES,
    "Opportunity.addressed_by": NAMES,
    "Opportunity.indicators": NAMES,
    "Source.url": "a web address, judged as one (E602)",
    "Source.published": DAYS,
    "SeriesDeclaration.sources": NAMES,
    "Event.date": DAYS,
    "Event.source": NAMES,
    "Institution.established": DAYS,
    "Institution.source": NAMES,
    "DerivedDeclaration.operation": "one of the operations",
    "DerivedDeclaration.of": NAMES,
    "Correction.period": DAYS,
    "Correction.source": NAMES,
    "Term.source": NAMES,
    "Edition.next_release": DAYS,
    "Tile.period": DAYS,
    "FigureDeclaration.start": DAYS,
    "FigureDeclaration.end": DAYS,
    "bars.Options.negative": NAMES,
    "Observation.series": NAMES,
    "Observation.source": NAMES,
}
"""Fields that hold a text and are left as they are, each with the reason."""
FORM_OPTIONS = {name: importlib.import_module(path).Options for name, path in FORMS.items()}
TOP = (
    *(shape.model for _, shape in SHAPES.values()),
    *LISTED.values(),
    *(ReportDeclaration, Edition, Tile, FigureDeclaration),
)
"""The declarations that files hold."""


def name_model(model: type[BaseModel]) -> str:
    """A model's name; that of a form's with the form before it, for several share a name."""
    module = model.__module__.removeprefix("report.figures.")
    return model.__name__ if module.startswith("report.") else f"{module}.{model.__name__}"


def list_models() -> Iterator[type[BaseModel]]:
    """All declarations, those within others and those of options among them, each once."""
    options = [operation.options for operation in OPERATIONS.values()]
    left = [*TOP, *FORM_OPTIONS.values(), *options]
    seen: set[type[BaseModel]] = set()
    while left:
        model = left.pop(0)
        if model not in seen:
            seen.add(model)
            yield model
            left += [
                inner for field in model.model_fields.values() for inner in _find_models(field)
            ]


def list_text_fields() -> set[str]:
    """Names of all fields that may hold text of any kind, as `Event.title`."""
    found = {
        f"{name_model(model)}.{name}"
        for model in list_models()
        for name, field in model.model_fields.items()
        if holds_text(join_type(field))
    }
    return found | {"Observation.series", "Observation.source"} | OBSERVED


OBSERVED = {"Observation.locator", "Observation.note"}
"""Text fields of observations, which are no declarations; a test holds them against these."""


def join_type(field: FieldInfo) -> Any:
    """The whole type of a field, with what was said beside it."""
    kind: Any = field.annotation
    for part in field.metadata:
        kind = _Said(kind, part)
    return kind


class _Said:
    """A type with something said beside it, as in `Annotated`."""

    def __init__(self, kind: Any, said: Any) -> None:
        self.kind, self.said = kind, said


def unwrap(kind: Any) -> tuple[Any, list[Any]]:
    """A type without what is said beside it, and that."""
    said: list[Any] = []
    while True:
        if isinstance(kind, _Said):
            said.append(kind.said)
            kind = kind.kind
        elif hasattr(kind, "__metadata__"):
            said += [
                part
                for meta in kind.__metadata__
                for part in (meta.metadata if isinstance(meta, FieldInfo) else (meta,))
            ]
            kind = kind.__origin__
        else:
            return kind, said


TEXTS = unwrap(Texts)[0]


def is_texts(kind: Any) -> bool:
    """Whether a type holds the same words in several languages."""
    return bool(unwrap(kind)[0] == TEXTS)


def is_text(kind: Any) -> bool:
    """Whether a type is one text without a form that it must have."""
    plain, said = unwrap(kind)
    own = [part for part in said if getattr(part, "pattern", None) is not None]
    return plain is str and not own and not _is_period(said)


def _is_period(said: list[Any]) -> bool:
    return bool(set(map(repr, unwrap(PeriodText)[1])) & set(map(repr, said)))


def find_room(kind: Any) -> int:
    """How many characters a text may have; 0 where nothing is said."""
    return next((part.max_length for part in unwrap(kind)[1] if isinstance(part, MaxLen)), 0)


def list_parts(kind: Any) -> tuple[Any, ...]:
    """The types of what a list, tuple or choice holds, and of a mapping's values."""
    plain = unwrap(kind)[0]
    origin, parts = get_origin(plain), get_args(plain)
    if origin in {tuple, list}:
        return tuple(part for part in parts if part is not Ellipsis)
    if origin in {Union, types.UnionType}:
        return parts
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return parts[1:]
    return ()


def holds_text(kind: Any) -> bool:
    """Whether text stands anywhere in a type, other models left out."""
    return is_texts(kind) or is_text(kind) or any(map(holds_text, list_parts(kind)))


def _find_models(field: FieldInfo) -> Iterator[type[BaseModel]]:
    left = [join_type(field)]
    while left:
        kind = left.pop()
        plain = unwrap(kind)[0]
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield plain
        left += list_parts(kind)
