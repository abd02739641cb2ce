"""Words of a report hold no number and no direction that is bound to nothing.

Looks at what stands outside expressions, and at texts that expressions say or put into links:
numbers come from `value(...)` and its like, words of direction from `says(...)`. What counts as
either is for `report.wording` to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from report.model import Unit
from report.problems import Place, Problem
from report.wording import find_statements

_ACTIVE = re.compile(r"<(?:script|iframe|object|embed|form|style|link|meta|base)\b", re.IGNORECASE)
"""Elements that do something: words only say something."""
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
"""What Markdown takes for attributes of an element."""
_CODE = re.compile(r"([{}]|\b[a-z_]+\((?=[\"'][\w.-]+[\"'])).*")
"""What is left of an expression that lacks braces, and the rest of its line."""
_SAID: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(("page_link", "figure_link", "measure", "event", "institution"), (1, "text")),
    **dict.fromkeys(("source", "link", "file_link"), (1, "text")),
    "trend": (3, "name"),
    "tongue": (0, "texts"),
    "text": (0, "texts"),
}
"""Functions that show a text of the words as it is, with its position and its name."""
_NO_UNITS = frozenset(
    (
        "of",
        "per",
        "the",
        "from",
        "to",
        "on",
        "about",
        "scale",
        "score",
        "rank",
        "index",
        "number",
        "one",
    )
)


def check_prose(
    environment: Environment, name: str, source: str, language: str, units: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each bare number and each unbound word of direction in a words file.

    `units` are words beside which a number is no year.
    """
    spoken = [*_find_spoken(environment, source), *_find_constants(environment, source)]
    for line, column, text in spoken:
        for found in _ACTIVE.finditer(text):
            place = _locate(name, line, column, text, found.start())
            yield Problem(place, "E601", f"the words hold {found[0]!r}", "write them plainly")
        bare = _blank(_ATTRIBUTES, text)
        if left := _CODE.search(bare):
            place = _locate(name, line, column, text, left.start())
            what = f"{left[1]} stands in the words: an expression lacks braces"
            yield Problem(place, "E532", what, "write {{ before it and }} behind it")
        for at, code, what, remedy in find_statements(_blank(_CODE, bare), language, units):
            yield Problem(_locate(name, line, column, text, at), code, what, remedy)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """A text with spaces in place of what is no prose."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def list_unit_words(units: Iterable[Unit]) -> frozenset[str]:
    """Words of the titles and patterns of units, such as `trains` and `dollars`."""
    texts = (
        text for unit in units for texts in (unit.title, unit.pattern) for text in texts.values()
    )
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}
    return frozenset(words - _NO_UNITS)


def _find_spoken(environment: Environment, source: str) -> Iterator[tuple[int, int, str]]:
    """Text outside expressions and comments, with its line and column.

    Of words that are no template nothing is said here: that is a problem of its own.
    """
    at = 0
    try:
        tokens = list(environment.lex(source))
    except TemplateSyntaxError:
        return
    for line, kind, token in tokens:
        found = source.find(token, at)
        at = max(at, found + len(token))
        if kind == "data":
            yield line, found - (source.rfind("\n", 0, found) + 1) + 1, token


def _find_constants(environment: Environment, source: str) -> Iterator[tuple[int, int, str]]:
    """Texts that expressions say by themselves, as in `{{ "a record" }}`, with their place."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError:
        return
    lines = source.split("\n")
    for node in tree.find_all((nodes.Output, nodes.Assign)):
        for part in node.iter_child_nodes():
            for line, text in _find_said(part):
                column = lines[line - 1].find(text) if line <= len(lines) else -1
                yield line, max(column, 0) + 1, text


def _find_said(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """Texts below a node that a reader sees as they are: no function reckons with them."""
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.lineno, node.value
        return
    for part in _list_shown(node):
        yield from _find_said(part)


def _list_shown(node: nodes.Node) -> Iterator[nodes.Node]:
    """The parts of a node that a reader sees as they are."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        at, keyword = _SAID.get(node.node.name, (len(node.args), ""))
        yield from node.args[at : at + 1]
        yield from (named.value for named in node.kwargs if named.key == keyword)
    elif isinstance(node, nodes.Call | nodes.Getitem):
        yield node.node  # that a method or a key is asked of, such as a text
    elif not isinstance(node, nodes.Compare | nodes.Test):
        yield from node.iter_child_nodes()


def _locate(name: str, line: int, column: int, text: str, at: int) -> Place:
    before = text[:at]
    if "\n" not in before:
        return Place(name, line, column + at)
    return Place(name, line + before.count("\n"), at - before.rfind("\n"))
