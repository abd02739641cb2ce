"""Strict reading of YAML 1.2 text into plain values that know where each of them stands.

Pure. Takes less than YAML allows: no duplicate keys, no anchors, aliases or tags, and only texts,
whole numbers, plain decimals, `true`, `false` and `null` (so `NO` and `12:30` stay texts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from report.problems import Place, Problem

LARGEST = 256 * 1024
LONGEST_NUMBER = 25
Path = tuple[str | int, ...]
_WORDS = {"true": True, "false": False, "": None, "null": None, "~": None}
_PLAIN_TAGS = {"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"}
_TEXT = "put the text between double quotes"
_OPEN_QUOTE, _OPEN_BRACKET = "a quote that is not closed", "a bracket that is not closed"
_NO_KEY = "a line that is neither a key with a colon nor an entry of a list"
_MISPRINTS = (
    (
        re.compile("mapping values are not allowed"),
        "a colon where no key may be: a line is indented too far, or a text holds `: `",
        f"indent keys of one mapping alike, or {_TEXT}",
    ),
    (re.compile("unexpected end of stream"), _OPEN_QUOTE, "close it"),
    (
        re.compile("<stream end>|<next key>"),
        _OPEN_BRACKET,
        "close it, with commas between what it holds",
    ),
    (
        re.compile(r"expected ',' or '[\]}]'"),
        *("no comma before this, within brackets", f"write one, close the bracket, or {_TEXT}"),
    ),
    (
        re.compile(r"but found '[\]},]'"),
        *("a bracket or a comma that belongs to nothing", f"take it away, or {_TEXT}"),
    ),
    (
        re.compile("expected <block end>|expected '<document start>'"),
        "a line that is indented otherwise than those it belongs to",
        "indent entries of one list or mapping alike",
    ),
    (
        re.compile("could not find expected ':'"),
        _NO_KEY,
        "write `key: value`, or indent a text that goes on",
    ),
    (re.compile(r"found character '\\t'"), "a tab within a line", "use a space"),
    (
        re.compile("cannot start any token|undefined alias|expected alphabetic or numeric"),
        *("a text that begins with a sign of YAML's own", _TEXT),
    ),
    (
        re.compile("found another document"),
        *("a second document after `---`", "keep one in each file"),
    ),
    (
        re.compile("unknown escape character"),
        *("a backslash before a letter that means nothing", "write two backslashes"),
    ),
)
"""What the library says, and what people are told."""
_BEGINS = frozenset({_OPEN_QUOTE, _OPEN_BRACKET, _NO_KEY})
"""What is told where it begins, not where something else came up."""
_CLOSED = {
    '"': ("words behind a quote that is closed", "write ' for a quote within the text"),
    "'": ("words behind a quote that is closed", "write a quote within the text twice"),
    "}": ("words behind a bracket that is closed", _TEXT),
    "]": ("words behind a bracket that is closed", _TEXT),
}
"""What is wrong with words that follow something without a comma, by what they follow."""


@dataclass(slots=True)
class Document:
    """A document's value, the place of every part by its path, and what is wrong with it."""

    file: str
    value: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where a part stands, or the nearest part around it."""
        for length in range(len(path), -1, -1):
            if (place := self.places.get(path[:length])) is not None:
                return place
        return Place(self.file)


def parse_document(text: str, file: str) -> Document:
    """Read one YAML document; everything wrong with it is in `problems`."""
    document = Document(file)
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            _add(document, Place(file, number), "E121", "a line is indented by a tab", "use spaces")
    if len(text.encode()) > LARGEST:
        what = f"the file is larger than {LARGEST // 1024} KiB"
        _add(document, Place(file), "E117", what, "split it")
    if document.problems:
        return document
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        document.problems.append(_explain(error, file, text))
    except (YAMLError, ValueError) as error:
        _add(document, Place(file), "E120", f"not YAML: {error}", "correct the file")
    except RecursionError:
        _add(document, Place(file), "E120", "nested too deeply", "write it flatter")
    else:
        if node is None:
            _add(document, Place(file), "E110", "the file is empty", "write its keys")
        else:
            document.value = _build(document, node, (), set())
    return document


def _explain(error: MarkedYAMLError, file: str, text: str) -> Problem:
    """What keeps a text from being YAML; what does not end is told where it begins."""
    said, mark = f"{error.problem or error.context}", error.problem_mark or error.context_mark
    what, remedy = f"not YAML: {said}", "correct the line"
    context = error.context_mark
    if "but got ':'" in said and context is not None and mark.line > context.line:
        said = "<next key>"
    for pattern, words, advice in _MISPRINTS:
        if pattern.search(said):
            what, remedy = words, advice
            break
    lines = text.split("\n")
    if "but found '<scalar>'" in said and mark is not None:
        before = lines[mark.line][: mark.column].rstrip()
        what, remedy = _CLOSED.get(before[-1:], (what, remedy))
        if (opened := _find_open_quote(lines, mark.line, before)) is not None:
            return Problem(Place(file, *opened), "E120", _OPEN_QUOTE, "close it")
    elif what in _BEGINS:
        mark = context or mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    return Problem(place, "E120", what, remedy)


def _find_open_quote(lines: list[str], number: int, before: str) -> tuple[int, int] | None:
    """Where the text began that ends with a quote which was meant to begin another, if it did."""
    if before.endswith('"') and before.count('"') % 2:
        for above in range(number - 1, -1, -1):
            if lines[above].count('"') % 2:
                return above + 1, lines[above].rfind('"') + 1
    return None


def _add(document: Document, place: Place, code: str, what: str, remedy: str) -> None:
    document.problems.append(Problem(place, code, what, remedy))


def _build(document: Document, node: Node, path: Path, seen: set[int]) -> object:
    place = Place(document.file, node.start_mark.line + 1, node.start_mark.column + 1)
    document.places.setdefault(path, place)
    if id(node) in seen or node.anchor:
        what = "an anchor or alias (& or *)"
        _add(document, place, "E122", what, "write the value out where it is used")
        return None
    seen.add(id(node))
    if str(node.tag).removeprefix("tag:yaml.org,2002:") not in _PLAIN_TAGS:
        _add(document, place, "E124", f"a tag ({node.tag})", "write the plain value")
        return None
    if isinstance(node, MappingNode):
        return _build_mapping(document, node, path, seen)
    if isinstance(node, SequenceNode):
        return [
            _build(document, item, (*path, index), seen) for index, item in enumerate(node.value)
        ]
    return _read_scalar(node) if isinstance(node, ScalarNode) else None


def _build_mapping(
    document: Document, node: MappingNode, path: Path, seen: set[int]
) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in node.value:
        place = Place(document.file, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, ScalarNode):
            remedy = f"write a plain key; {_TEXT} if it is one that begins with {{{{"
            _add(document, place, "E120", "a key that is no text", remedy)
        elif key.value in result:
            what = f"key {key.value!r} is there twice"
            _add(document, place, "E123", what, "keep one of them")
        else:
            document.places[*path, key.value] = place
            result[key.value] = _build(document, value, (*path, key.value), seen)
    return result


def _read_scalar(node: ScalarNode) -> object:
    """A quoted scalar is a text; a plain one may be a word of YAML or a number."""
    text: str = node.value
    if node.style or len(text) > LONGEST_NUMBER:  # what is longer is no number of ours
        return text
    if text in _WORDS:
        return _WORDS[text]
    if re.fullmatch(r"-?(0|[1-9][0-9]*)", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"-?(0|[1-9][0-9]*)\.[0-9]+", text, re.ASCII):
        return float(text)
    return text
