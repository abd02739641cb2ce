"""Failures while words are rendered: what went wrong, and where in the words.

Pure. Knows how Jinja leads from its compiled code back to the lines of a template, where words and
forms lie, and how figures' texts are named. Knows nothing of what stands in any of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import TemplateError

from report.problems import Place

RENDER_ERRORS = (
    *(TemplateError, TypeError, ValueError, LookupError, AttributeError),
    *(ArithmeticError, RuntimeError),
)
"""What an expression in words can raise, such as a division by zero."""


def explain_failure(error: BaseException, templates: Collection[str]) -> str:
    """What went wrong while a template was rendered, in words; of an unknown name also the form."""
    if isinstance(error, ZeroDivisionError):
        return "a division by zero"
    if not isinstance(error, KeyError) or not error.args:
        return str(error).rstrip(".")
    key, form, trace = error.args[0], "", error.__traceback__
    while trace is not None:
        # Jinja has put the template's name in place of its compiled code's.
        name = trace.tb_frame.f_code.co_filename
        form = name if name in templates else form
        trace = trace.tb_next
    noun = "series " if "." in str(key) else ""
    asked = f", which {form} asks for" if form else ""
    return f"{noun}{key!r} is unknown in this edition{asked}"


def locate_text(file: str, lines: Sequence[str], line: int, near: str) -> Place:
    """The place of a text on a line (or, in a long expression, on one of the next few)."""
    if near:
        for number in range(line, min(line + 6, len(lines)) + 1):
            pattern = rf"(?<![\w.]){re.escape(near)}(?![\w])"
            starts = [found.start() for found in re.finditer(pattern, lines[number - 1])]
            if starts:
                inside = [at for at in starts if _is_inside(lines[number - 1], at)]
                return Place(file, number, (inside or starts)[0] + 1)
    return Place(file, line)


def _is_inside(line: str, at: int) -> bool:
    """Whether a place on a line lies within an expression that begins on it."""
    before = line[:at]
    return any(
        before.rfind(start) > before.rfind(end) for start, end in (("{{", "}}"), ("{%", "%}"))
    )


def locate_failure(
    error: BaseException,
    template: str,
    templates: Collection[str],
    locate_figure: Callable[[str, str], Place],
) -> Place:
    """The line of the words (else of the form) at which an exception came up.

    `#figure#key` is the name of a figure's text, whose place `locate_figure` knows.
    """

    def place(name: str, line: int) -> Place:
        if name.startswith("#"):
            _, figure, key = name.split("#")
            return locate_figure(figure, key)
        return Place(name if name.startswith("site_src/") else f"templates/{name}", line)

    if isinstance(error, TemplateSyntaxError) and error.name:
        return place(error.name, error.lineno)
    trace, found = error.__traceback__, Place(template)
    while trace is not None:
        # Jinja has put the template's name and line in place of its compiled code's.
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("#") or name in templates:
            found = place(name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def find_running(names: Callable[[str], bool]) -> tuple[str, int] | None:
    """Name and line of the innermost running template whose name is wanted.

    Jinja maps the running line of its compiled code back to the line of the template.
    """
    frame = sys._getframe(1)  # noqa: SLF001 - the only way to the words that called
    while frame is not None:
        template: Any = frame.f_globals.get("__jinja_template__")
        if template is not None and names(template.name or ""):
            return template.name, template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment] # the stack's end is None
    return None
