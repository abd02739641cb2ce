"""Templates that cannot be read: where they break off, and what to write instead, in plain words.

Pure. Knows what Jinja says of a broken template and what people mistype; knows no report and no
file. Jinja names a line and a token: here the expression itself is found and shown.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError

SHOWN = 60
"""Letters of an expression that are shown."""
UNKNOWN = "correct the expression"
_OPENING = re.compile(r"\{\{|\{%|\{#")
_TAG = re.compile(r"\{%[-+]?\s*(\w+)((?:[^%]|%(?!\}))*)%\}")
_LONG = frozenset({"block", "if", "for", "macro", "call", "filter", "with", "autoescape"})
"""Tags that go on to one of their own that ends them."""
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
        re.compile(r"expected token ',', got '(.*)'"),
        lambda found: (f"{_name_token(found[1])} follows without a comma", "write one before it"),
    ),
    (
        re.compile(r"expected token 'end of print statement', got '(.*)'"),
        lambda found: (
            f"{_name_token(found[1])} stands where it should end",
            "put what a function is given between parentheses",
        ),
    ),
    (
        re.compile(r"[Ee]xpected an expression|unexpected 'end of print statement'"),
        lambda _: ("it ends too early", "write what is missing before }}"),
    ),
)
_UNKNOWN_TAG = re.compile(
    r"Encountered unknown tag '(\w+)'(?:.*?following tags: ([^.]*)\.)?", re.DOTALL
)
_UNCLOSED = re.compile(r"Missing end of (comment tag|raw directive)")


@dataclass(frozen=True, slots=True)
class Misprint:
    """What breaks a template; line and column begin with 1."""

    line: int
    column: int
    what: str
    remedy: str


def find_misprint(environment: Environment, source: str, error: TemplateSyntaxError) -> Misprint:
    """Where a template that Jinja could not read breaks off, and what to write there."""
    return (
        _find_unclosed(source, error)
        or _find_tag(source, error)
        or _find_expression(environment, source)
        or _tell_plainly(source, error)
    )


def _place(source: str, at: int, what: str, remedy: str) -> Misprint:
    before = source[:at]
    return Misprint(before.count("\n") + 1, at - before.rfind("\n"), what, remedy)


def _shorten(text: str) -> str:
    """The beginning of a text on one line, without what cannot be seen."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return textwrap.shorten(line, SHOWN, placeholder=" …") if len(line) > SHOWN else line


def _name_token(token: str) -> str:
    return _NOUNS.get(token, repr(token))


def _find_unclosed(source: str, error: TemplateSyntaxError) -> Misprint | None:
    """A block that nothing ends, or a remark."""
    said = str(error.message)
    if found := _UNCLOSED.match(said):
        start, end = ("{#", "#}") if found[1] == "comment tag" else ("{% raw", "{% endraw %}")
        at = max(source.rfind(start), 0)
        return _place(source, at, f"{start} begins what nothing ends", f"end it with {end}")
    if not said.startswith("Unexpected end of template"):
        return None
    open_: list[re.Match[str]] = []
    for tag in _TAG.finditer(source):
        if tag[1] in _LONG or (tag[1] == "set" and "=" not in tag[2]):
            open_.append(tag)
        elif open_ and tag[1] == f"end{open_[-1][1]}":
            open_.pop()
    if not open_:
        return None
    tag = open_[-1]
    what = f"nothing ends {_shorten(tag[0])}"
    return _place(source, tag.start(), what, f"write {{% end{tag[1]} %}} where it ends")


def _find_tag(source: str, error: TemplateSyntaxError) -> Misprint | None:
    """A tag that does not exist, or ends what is not open."""
    found = _UNKNOWN_TAG.match(str(error.message))
    if found is None:
        return None
    tags = [tag for tag in _TAG.finditer(source) if tag[1] == found[1]]
    lines = [source.count("\n", 0, tag.start()) + 1 for tag in tags]
    at = next(
        (tag.start() for tag, line in zip(tags, lines, strict=True) if line == error.lineno), 0
    )
    wanted = (found[2] or "").replace("'", "")
    if found[1].startswith("end"):
        what = f"{{% {found[1]} %}} ends what was not begun"
        remedy = f"write {{% {wanted.split(' or ')[-1]} %}}" if wanted else "take it away"
    else:
        what = f"there is no tag {found[1]!r}"
        remedy = "write {{ and }} around what is to be shown, or a tag of Jinja's"
    return _place(source, at, what, remedy)


def _find_expression(environment: Environment, source: str) -> Misprint | None:
    """The first expression that cannot be read by itself."""
    for found in re.finditer(r"\{\{", source):
        following = _OPENING.search(source, found.end())
        snippet = source[found.start() : following.start() if following else len(source)]
        try:
            Environment.parse(environment, snippet)
        except TemplateSyntaxError as error:
            reason, remedy = _explain(snippet, str(error.message))
            shown = _shorten(snippet if "}}" not in snippet else snippet.partition("}}")[0] + "}}")
            what = f"the expression {shown} cannot be read: {reason}"
            return _place(source, found.start(), what, remedy)
    return None


def _explain(snippet: str, said: str) -> tuple[str, str]:
    """Why an expression cannot be read, and what to write instead."""
    if reason := _match(_QUOTES, said):
        return reason
    if "}}" not in snippet:
        return "it does not end", "end it with }}"
    return _match(_REASONS, said) or (said.rstrip("."), UNKNOWN)


def _match(reasons: _Reasons, said: str) -> tuple[str, str] | None:
    for pattern, explain in reasons:
        if found := pattern.search(said):
            return explain(found)
    return None


def _tell_plainly(source: str, error: TemplateSyntaxError) -> Misprint:
    """What Jinja says, at the first tag of its line."""
    line = source.split("\n")[error.lineno - 1] if error.lineno <= source.count("\n") + 1 else ""
    what = f"the template cannot be read: {str(error.message).rstrip('.')}"
    return Misprint(error.lineno, max(line.find("{%"), 0) + 1, what, UNKNOWN)
