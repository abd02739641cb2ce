"""The Jinja environment in which words and forms are rendered.

Knows how text is escaped for each kind of template, which names templates may use, and how to find
the place in the words that a running expression stands at. Knows no report and reads no file:
templates are handed in as texts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from report.problems import Place, Problem
from report.text import escape_html, escape_markdown

BUILT_IN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})


@pass_context
def _finish(context: Context, value: object) -> object:
    """Escape what an expression gives: for HTML in `.html.jinja`, for Markdown elsewhere."""
    if isinstance(value, Undefined):
        return str(value)  # raises, with the name
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    html = (context.name or "").endswith(".html.jinja")
    return escape_html(str(value)) if html else escape_markdown(str(value))


class _Environment(ImmutableSandboxedEnvironment):
    """One that reads a text once, however many checks look at it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._trees: dict[str, nodes.Template] = {}

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        if source not in self._trees:
            self._trees[source] = super().parse(source, name, filename)
        return self._trees[source]


def make_environment(templates: Mapping[str, str]) -> Environment:
    """An environment over templates by name; unknown names fail, everything is escaped.

    Texts of figures are data and templates at once: no expression reaches into Python's own names.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        if name not in templates:
            raise TemplateNotFound(name)
        return templates[name], name, lambda: True

    return _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finish,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=-1,
    )


def explain_failure(error: BaseException, templates: Collection[str]) -> str:
    """What went wrong while a template was rendered, in words; of an unknown name also the form."""
    if isinstance(error, ZeroDivisionError):
        return "a division by zero"
    if not isinstance(error, KeyError) or not error.args:
        return str(error)
    key, form, trace = error.args[0], "", error.__traceback__
    while trace is not None:
        # Jinja has put the template's name in place of its compiled code's.
        name = trace.tb_frame.f_code.co_filename
        form = name if name in templates else form
        trace = trace.tb_next
    noun = "series " if "." in str(key) else ""
    asked = f", which {form} asks for" if form else ""
    return f"{noun}{key!r} is unknown in this edition{asked}"


def find_template_problems(
    environment: Environment, name: str, source: str, known: Sequence[str]
) -> Iterator[Problem]:
    """Syntax errors, names that no template may use, and templates that do not exist."""
    try:
        tree = environment.parse(source, name=name, filename=name)
    except TemplateSyntaxError as error:
        what = f"the template cannot be read: {error.message}"
        yield Problem(Place(name, error.lineno), "E510", what, "correct the expression")
        return
    assigned = {n.name for n in tree.find_all(nodes.Name) if n.ctx in {"store", "param"}}
    assigned |= {n.name for n in tree.find_all(nodes.Macro)}
    for found in tree.find_all((nodes.FromImport, nodes.Import)):
        assigned |= _imported(found)
    allowed = {*known, *assigned, *environment.globals, *BUILT_IN}
    lines = source.split("\n")
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in allowed:
            what = f"the template names {node.name!r}, which does not exist"
            place = locate_text(name, lines, node.lineno, node.name)
            yield Problem(place, "E511", what, _suggest(node.name, known))
    for used in tree.find_all((nodes.Filter, nodes.Test)):
        if used.name not in environment.filters | environment.tests:
            what = f"the template names {used.name!r}, which is no filter or test"
            place = locate_text(name, lines, used.lineno, used.name)
            yield Problem(place, "E511", what, "use one of Jinja's, or none")
    yield from _find_strays(name, tree)
    references: list[nodes.Extends | nodes.Include] = [*tree.find_all(nodes.Extends)]
    for reference in [*references, *tree.find_all(nodes.Include)]:
        target = reference.template
        if isinstance(target, nodes.Const) and not _exists(environment, str(target.value)):
            what = f"there is no template {target.value!r}"
            place = locate_text(name, lines, reference.lineno, str(target.value))
            yield Problem(place, "E512", what, "use one that lies in templates/")


def _find_strays(name: str, tree: nodes.Template) -> Iterator[Problem]:
    """Words outside every block of a page that fills a form: nobody would ever read them."""
    if tree.find(nodes.Extends) is None:
        return
    for output in (node for node in tree.body if isinstance(node, nodes.Output)):
        for part in output.nodes:
            if not isinstance(part, nodes.TemplateData) or part.data.strip():
                what = "words outside every block, which the form never shows"
                yield Problem(Place(name, part.lineno), "E513", what, "put them into a block")
                break


def _imported(node: nodes.Node) -> set[str]:
    if isinstance(node, nodes.FromImport):
        return {item[1] if isinstance(item, tuple) else item for item in node.names}
    return {node.target} if isinstance(node, nodes.Import) else set()


def _suggest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else "CONTRIBUTING.md lists what words may use"


def _exists(environment: Environment, name: str) -> bool:
    try:
        environment.get_template(name)
    except TemplateNotFound:
        return False
    except TemplateSyntaxError:
        pass  # it is there; rendering says what is wrong with it
    return True


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
