"""Templates that cannot be read: where they break off, and what to write instead, in plain words.

Pure. Knows what Jinja says of a broken template and what people mistype; knows no report and no
file. Jinja names a line and a token: here expressions and tags are read one by one, in their order,
until one cannot be read, ends what was not begun, or is not ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError

from report.problems import Place, Problem, suggest

SHOWN = 60
"""Letters of an expression that are shown."""
UNKNOWN = "correct the expression"
TOO_DEEP = "it is nested too deeply"
"""What is raised in place of a program's own limits."""
_UNREAD = re.compile(r"\{#|\{%[-+]?\s*raw\s*[-+]?%\}")
"""What begins a remark, or what is shown as it stands."""
_REMARK_END = re.compile("#\\}")
_RAW_END = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_OPENING = re.compile(r"\{\{|\{%")
_SIGN = re.compile(r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\}\}|%\}|\{\{|\{%""")
"""A text, which may hold braces, or braces."""
_TAG = re.compile(r"\{%[-+]?\s*(\w+)(.*)", re.DOTALL)
_LONG = frozenset({"block", "if", "for", "macro", "call", "filter", "with", "autoescape"})
"""Tags that go on to one of their own that ends them."""
_WITHIN = {"else": ("if", "for"), "elif": ("if",)}
"""Tags that stand within others."""
_SHORT = frozenset({"set", "extends", "include", "import", "from", "print"})
_ENDS = {")": "parenthesis", "]": "bracket", "}": "brace"}
_NOUNS = {"string": "a text", "integer": "a number", "float": "a number"}
_Reasons = Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]]]
_QUOTES: _Reasons = (
    (
        re.compile(r"unexpected char '([«»\u2018-\u201f])'"),
        lambda found: (f"{found[1]} is no plain quote", "write \" or '"),
    ),
    (
        re.compile(r"unexpected char ['\"](['\"])['\"]"),
        lambda found: (f"{found[1]} begins a text that does not end", f"end it with {found[1]}"),
    ),
)
_REASONS: _Reasons = (
    (
        re.compile(r"unexpected '.', expected '([)\]}])'"),
        lambda found: (f"a {_ENDS[found[1]]} is not closed", f"close it with {found[1]}"),
    ),
    (
        re.compile(r"unexpected '([)\]}])'"),
        lambda found: (f"{found[1]} closes what is not open", "take it away"),
    ),
    (
        re.compile(r"expected token 'end of \w+ \w+', got '='"),
        lambda _: ("= compares nothing", "write =="),
    ),
    (
        re.compile(r"expected token ',', got '(.*)'"),
        lambda found: (f"{_name_token(found[1])} follows without a comma", "write one before it"),
    ),
    (
        re.compile(r"expected token 'end of \w+ \w+', got '(.*)'"),
        lambda found: (
            f"{_name_token(found[1])} stands where it should end",
            "put what a function is given between parentheses",
        ),
    ),
    (
        re.compile(r"[Ee]xpected an expression|unexpected 'end of \w+ \w+'"),
        lambda _: ("it ends too early", "write what is missing before its end"),
    ),
    (
        re.compile(r"expected name or number"),
        lambda _: ("a dot is followed by no name", "write the name, or take the dot away"),
    ),
    (
        re.compile(r"unexpected char ('.')"),
        lambda found: (f"{found[1]} means nothing here", UNKNOWN),
    ),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression or a tag, up to its end or to whatever comes where it should have ended."""

    start: int
    text: str
    closing: str
    """What ends it: `}}` or `%}`."""
    is_closed: bool


def explain_misprint(
    environment: Environment, file: str, source: str, error: TemplateSyntaxError
) -> Problem:
    """Where a template that Jinja could not read breaks off, and what to write there."""
    plain = _blank(source)
    at, what, remedy = _find_fault(environment, plain) or _tell_plainly(plain, error)
    before = plain[:at]
    place = Place(file, before.count("\n") + 1, at - before.rfind("\n"))
    return Problem(place, "E510", what, remedy)


def _find_fault(environment: Environment, plain: str) -> tuple[int, str, str] | None:
    """The place of the first fault, what it is, and what to write."""
    if begun := _UNREAD.search(plain):
        end = "#}" if begun[0] == "{#" else "{% endraw %}"
        return begun.start(), f"nothing ends {begun[0]}", f"write {end} where it ends"
    opened: list[Piece] = []
    for piece in _list_pieces(plain):
        reason = _judge(environment, piece)
        if reason is not None:
            noun = "expression" if piece.closing == "}}" else "tag"
            what = f"the {noun} {_shorten(piece.text)} cannot be read: {reason[0]}"
            return piece.start, what, reason[1]
        if piece.closing == "%}" and (fault := _nest(piece, opened)) is not None:
            return fault
    return _tell_unended(opened[-1]) if opened else None


def _blank(source: str) -> str:
    """The template with spaces in place of what is not read, but for what begins and never ends."""
    parts, at = [], 0
    while begun := _UNREAD.search(source, at):
        ended = (_REMARK_END if begun[0] == "{#" else _RAW_END).search(source, begun.end())
        if ended is None:
            break
        unread = source[begun.start() : ended.end()]
        parts += [source[at : begun.start()], re.sub(r"[^\n]", " ", unread)]
        at = ended.end()
    return "".join([*parts, source[at:]])


def _list_pieces(plain: str) -> Iterator[Piece]:
    """Expressions and tags in their order; braces within a text are none of theirs."""
    at = 0
    while found := _OPENING.search(plain, at):
        closing = "}}" if found[0] == "{{" else "%}"
        sign = next((s for s in _SIGN.finditer(plain, found.end()) if s[0][0] not in "'\""), None)
        is_closed = sign is not None and sign[0] == closing
        at = len(plain) if sign is None else sign.start() if sign[0][0] == "{" else sign.end()
        yield Piece(found.start(), plain[found.start() : at], closing, is_closed)


def _judge(environment: Environment, piece: Piece) -> tuple[str, str] | None:
    """Why a piece cannot be read by itself, and what to write; None where it can."""
    text, name = piece.text, _name_tag(piece)
    if name.startswith("end") or name in _WITHIN or name in _LONG:
        ends = f"{{% end{name} %}}" if name in _LONG else ""
        text = f"{{% if 1 %}}{text}{{% endif %}}" if name == "elif" else text + ends
        if (name.startswith("end") or name == "else") and piece.is_closed:
            return None
    try:
        # Not the environment's own way, which would keep the piece as if it were a template.
        Environment.parse(environment, text)
    except TemplateSyntaxError as error:
        said = str(error.message)
        if said.startswith(("Encountered unknown tag", "Unexpected end of template")):
            return None if piece.is_closed else _tell_end(piece)
        return _explain(piece, said)
    except RecursionError:
        return TOO_DEEP, "write it flatter"
    return None if piece.is_closed else _tell_end(piece)


def _explain(piece: Piece, said: str) -> tuple[str, str]:
    if reason := _match(_QUOTES, said):
        return reason
    if not piece.is_closed:
        return _tell_end(piece)
    got = re.search(r"got '(\w+)'$", said)
    if got and re.search(rf"['\"]{got[1]}\b", piece.text):
        return "a quote stands within a text", "put the other kind of quotes around that text"
    return _match(_REASONS, said) or (said.rstrip("."), UNKNOWN)


def _match(reasons: _Reasons, said: str) -> tuple[str, str] | None:
    for pattern, explain in reasons:
        if found := pattern.search(said):
            return explain(found)
    return None


def _tell_end(piece: Piece) -> tuple[str, str]:
    return "it does not end", f"end it with {piece.closing}"


def _name_tag(piece: Piece) -> str:
    """The name of a tag; nothing of an expression."""
    found = _TAG.match(piece.text)
    return "" if found is None else found[1]


def _nest(tag: Piece, opened: list[Piece]) -> tuple[int, str, str] | None:
    """Open or end what a tag opens or ends; what is wrong with it among those that are open."""
    name, names = _name_tag(tag), [_name_tag(one) for one in opened]
    if name in _LONG or (name == "set" and "=" not in tag.text):
        opened.append(tag)
    elif name in _WITHIN:
        if not set(names) & set(_WITHIN[name]):
            what = f"{_shorten(tag.text)} stands in no {' or '.join(_WITHIN[name])}"
            return tag.start, what, "take it away, or begin what it belongs to"
    elif name.startswith("end"):
        if names and names[-1] == name.removeprefix("end"):
            opened.pop()
        elif name.removeprefix("end") in names:
            return _tell_unended(opened[-1])
        else:
            return tag.start, f"{_shorten(tag.text)} ends what was not begun", "take it away"
    elif name and name not in _SHORT:
        otherwise = "write {{ and }} around what is to be shown, or a tag of Jinja's"
        remedy = suggest(name, sorted(_LONG | _SHORT | _WITHIN.keys()), otherwise)
        return tag.start, f"there is no tag {name!r}", remedy
    return None


def _tell_unended(tag: Piece) -> tuple[int, str, str]:
    remedy = f"write {{% end{_name_tag(tag)} %}} where it ends"
    return tag.start, f"nothing ends {_shorten(tag.text)}", remedy


def _shorten(text: str) -> str:
    """The beginning of a text on one line, without what cannot be seen."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 2].rstrip()} …"


def _name_token(token: str) -> str:
    return _NOUNS.get(token, repr(token))


def _tell_plainly(plain: str, error: TemplateSyntaxError) -> tuple[int, str, str]:
    """What Jinja says, at the beginning of its line."""
    lines = plain.split("\n")[: error.lineno - 1]
    said = str(error.message).rstrip(".")
    remedy = "write it flatter" if said == TOO_DEEP else UNKNOWN
    return sum(len(line) + 1 for line in lines), f"the template cannot be read: {said}", remedy
