"""A report all of whose texts are replaced: the second report, and what it does not use.

Knows the files of a report and how they are written. What stands in place of a text is handed in.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from report.documents import parse_document
from report.model import Edition, FigureDeclaration, ReportDeclaration, Tile
from report.reading import read_texts
from report.shapes import LISTED, SHAPES
from tests.examples import SECOND
from tests.hostile.fields import (
    EXCUSED,
    FORM_OPTIONS,
    OBSERVED,
    find_room,
    holds_text,
    is_text,
    is_texts,
    join_type,
    list_parts,
    name_model,
    unwrap,
)

MORE = Path(__file__).parent / "more"
"""Files laid over those of the second report: what it lacks and a report may have."""
EMPTY = {"Question.gap", "Constraint.gap", "Opportunity.gap", "FigureDeclaration.start"}
"""Fields that say something by being empty, and so are filled only where something stands."""
Replace = Callable[["Spot", str], str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: its field, the file, and the line and column or the path of keys."""

    name: str
    file: str
    at: tuple[str | int, ...]
    room: int = 0
    turn: int = 0
    """How many texts of its field stand before it."""


@dataclass(slots=True)
class Filler:
    """Replaces texts, and remembers which."""

    replace: Replace
    excused: bool = False
    """Whether the excused fields are filled, and no others."""
    spots: list[Spot] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def wants(self, name: str) -> bool:
        """Whether a field is filled."""
        return (name in EXCUSED) is self.excused

    def may_be_filled(self, name: str) -> bool:
        """Whether a field may be filled where it is empty."""
        return name not in EMPTY and not self.excused

    def fill(self, name: str, file: str, at: tuple[str | int, ...], text: str, room: int) -> str:
        """What stands in place of one text."""
        spot = Spot(name, file, at, room, self.seen[name])
        self.seen[name] += 1
        found = self.replace(spot, text)
        if found != text:
            self.spots.append(spot)
        return found

    def fill_table(self, file: str, text: str) -> str:
        """A table with its texts replaced."""
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        texts: dict[str, tuple[str, int]] = {}
        if file in SHAPES:
            _, shape = SHAPES[file]
            for column in rows[0]:
                base = column.removesuffix("_zh").removesuffix("_ru")
                found = shape.model.model_fields[base]
                name = f"{name_model(shape.model)}.{base}"
                kind = join_type(found)
                if self.wants(name) and holds_text(kind):
                    texts[column] = (name, find_room(kind))
        else:
            names = [f"Observation.{column}" for column in rows[0]]
            texts = {
                n.split(".")[1]: (n, 0)
                for n in names
                if n in (EXCUSED if self.excused else OBSERVED)
            }
        for line, cells in enumerate(rows[1:], 2):
            for index, column in enumerate(rows[0]):
                if column in texts and (cells[index] or self.may_be_filled(texts[column][0])):
                    name, room = texts[column]
                    cells[index] = self.fill(name, file, (line, column), cells[index], room)
        target = io.StringIO()
        csv.writer(target, lineterminator="\n").writerows(rows)
        return target.getvalue()

    def fill_document(self, file: str, text: str) -> str:
        """A document with its texts replaced, written as JSON, which is YAML."""
        value = parse_document(text, file).value
        if file in LISTED:
            name = file.removeprefix("data/").removesuffix(".yml")
            value = {name: self._fill_list(LISTED[file], value[name], file, (name,))}
        elif file == "data/report.yml":
            value = self._fill_model(ReportDeclaration, value, file, ())
        elif file.startswith("data/editions/"):
            value = self._fill_model(Edition, value, file, ())
        else:
            models: Mapping[str, type[BaseModel]] = {"tiles": Tile, "figures": FigureDeclaration}
            value = {
                key: self._fill_list(models[key], items, file, (key,))
                for key, items in value.items()
            }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def _fill_list(
        self, model: type[BaseModel], items: list[Any], file: str, at: tuple[str | int, ...]
    ) -> list[Any]:
        return [self._fill_model(model, item, file, (*at, n)) for n, item in enumerate(items)]

    def _fill_model(
        self, model: type[BaseModel], value: Mapping[str, Any], file: str, at: tuple[str | int, ...]
    ) -> dict[str, Any]:
        filled = dict(value)
        for key, declared in model.model_fields.items():
            name = f"{name_model(model)}.{key}"
            written = declared.alias or key
            kind = join_type(declared)
            if name == "FigureDeclaration.options" and written in filled:
                options = FORM_OPTIONS[value["form"]]
                filled[written] = self._fill_model(options, value[written], file, (*at, written))
            elif (
                name == "DerivedDeclaration.options"
                and not self.excused
                and "note" in filled.get(written, {})
            ):
                note = filled[written]["note"]
                place = (*at, written, "note")
                filled[written] = filled[written] | {
                    "note": self.fill("ProductOptions.note", file, place, note, 0)
                }
            elif self.wants(name) and written in filled:
                filled[written] = self._fill(name, kind, filled[written], file, (*at, written))
            elif self.wants(name) and self.may_be_filled(name) and is_texts(kind) | is_text(kind):
                filled[written] = self.fill(name, file, (*at, written), "", find_room(kind))
        return filled

    def _fill(self, name: str, kind: Any, value: Any, file: str, at: tuple[str | int, ...]) -> Any:
        plain = unwrap(kind)[0]
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return self._fill_model(plain, value, file, at)
        if is_texts(kind) and isinstance(value, dict):
            return {
                language: self.fill(name, file, (*at, language), words, 0)
                for language, words in value.items()
            }
        if is_text(kind) or is_texts(kind):
            return self.fill(name, file, at, str(value), find_room(kind))
        return self._fill_parts(name, list_parts(kind), value, file, at)

    def _fill_parts(
        self, name: str, parts: tuple[Any, ...], value: Any, file: str, at: tuple[str | int, ...]
    ) -> Any:
        if isinstance(value, list) and parts:
            return [self._fill(name, parts[0], v, file, (*at, n)) for n, v in enumerate(value)]
        if isinstance(value, dict) and parts:
            return {k: self._fill(name, parts[-1], v, file, (*at, k)) for k, v in value.items()}
        return self._fill(name, parts[0], value, file, at) if parts and value is not None else value


def read_plain() -> dict[str, str]:
    """The data before anything is replaced, by path."""
    texts = dict(read_texts(SECOND, "data").by_path)
    return texts | dict(read_texts(MORE, "data").by_path)


def fill_data(replace: Replace, *, excused: bool = False) -> tuple[dict[str, str], list[Spot]]:
    """All data with their texts replaced, and where they stand; `excused` takes the others."""
    filler = Filler(replace, excused)
    texts = {
        path: filler.fill_table(path, text)
        if path.endswith(".csv")
        else filler.fill_document(path, text)
        for path, text in sorted(read_plain().items())
    }
    return texts, filler.spots
