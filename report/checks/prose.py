"""Words of a report hold no number and no direction that is bound to nothing.

Looks only at what stands outside expressions: numbers come from `value(...)` and its like, words of
direction from `says(...)`. Years, days of a date and names with digits (CO2, G20) are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from report.problems import Place, Problem

DIRECTIONS: Mapping[str, str] = {
    "en": r"""
        ros(?:e|en) | ris(?:e[sn]?|ing) | fell | fall(?:s|en|ing)? | gr[eo]w[sn]? | growing
        | increas(?:e[sd]?|ing) | decreas(?:e[sd]?|ing) | declin(?:e[sd]?|ing)
        | doubl(?:e[sd]?|ing) | tripl(?:e[sd]?|ing) | quadrupled | halved | record
        | high(?:er|est) | low(?:er|est) | larg(?:er|est) | small(?:er|est) | bigg(?:er|est)
        | more\ than | less\ than | fewer\ than | most\ of | majority | minority | at\ least
        | exceed(?:s|ed|ing)? | surpass(?:es|ed|ing)? | outpac(?:e[sd]?|ing) | peak(?:s|ed)
        | dropp?(?:s|ed|ing)? | climb(?:s|ed|ing)? | shr[aiu]nk(?:s|ing)? | surg(?:e[sd]?|ing)
        | plung(?:e[sd]?|ing) | soar(?:s|ed|ing)? | jump(?:s|ed|ing)? | slump(?:s|ed|ing)?
        | wider | narrower | faster | slower | stronger | weaker | widen(?:s|ed|ing)?
    """,
}
"""Words of direction and comparison, by language, as a verbose regular expression."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_NUMBER = re.compile(
    rf"""
    (?:^|(?<=\n))\s*\#*\s*\d+\.\s                 # a numbered item
    | \b[0-3]?\d\s(?:{_MONTHS})\b                 # a day of a month
    | \b(?:1[89]|20)\d\d(?:[-–/](?:(?:1[89]|20)?\d\d))?s?\b(?!\s*(?:%|per\ cent|percent|bn|mn))
    | \b[A-Za-z]+[-–]?\d+[A-Za-z]*\b              # names such as CO2, G20, WTO-6
    | <[^>]*> | \]\([^)]*\) | \{{:?[^}}]*\}}      # markup: tags, link targets, attributes
    """,
    re.VERBOSE,
)
_ACTIVE = re.compile(r"<(?:script|iframe|object|embed|form|style|link|meta|base)\b", re.IGNORECASE)
"""Elements that do something: words only say something."""
_NUMBER = re.compile(r"\d[\d.,]*(?:\s?(?:%|per cent|percent|bn|mn|billion|million|trillion))?")


def check_prose(
    environment: Environment, name: str, source: str, language: str
) -> Iterator[Problem]:
    """A problem for each bare number and each unbound word of direction in a words file."""
    spoken = [*_find_spoken(environment, source), *_find_constants(environment, source)]
    for line, column, text in spoken:
        for found in _ACTIVE.finditer(text):
            place = _locate(name, line, column, text, found.start())
            yield Problem(place, "E601", f"the words hold {found[0]!r}", "write them plainly")
        blank = _NO_NUMBER.sub(lambda found: " " * len(found[0]), text)
        for found in _NUMBER.finditer(blank):
            place = _locate(name, line, column, text, found.start())
            what = f"the number {found[0]!r} stands in the words"
            remedy = "write {{ value(series, period) }}, or {{ quoted(text, source) }}"
            yield Problem(place, "E530", what, remedy)
        if (words := DIRECTIONS.get(language)) is None:
            continue
        for found in re.finditer(rf"\b(?:{words})\b", blank, re.VERBOSE | re.IGNORECASE):
            place = _locate(name, line, column, text, found.start())
            what = f"the words {found[0]!r} are bound to no data"
            remedy = f"write {{{{ says({found[0]!r}, rises(series, start, end)) }}}} or its like"
            yield Problem(place, "E531", what, remedy)


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
    """Texts that expressions say without a function, as in `{{ "a record" }}`, with their line."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError:
        return
    for node in tree.find_all((nodes.Output, nodes.Assign)):
        for part in node.iter_child_nodes():
            yield from _find_said(part)


def _find_said(node: nodes.Node) -> Iterator[tuple[int, int, str]]:
    """Texts below a node that no function takes and no comparison weighs."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.lineno, 1, node.value
    elif not isinstance(node, nodes.Call | nodes.Compare | nodes.Test | nodes.Getitem):
        for part in node.iter_child_nodes():
            yield from _find_said(part)


def _locate(name: str, line: int, column: int, text: str, at: int) -> Place:
    before = text[:at]
    if "\n" not in before:
        return Place(name, line, column + at)
    return Place(name, line + before.count("\n"), at - before.rfind("\n"))
