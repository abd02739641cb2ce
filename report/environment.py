"""The Jinja environment in which words and forms are rendered.

Knows how text is escaped for each kind of template, which names templates may use, and how to find
the place in the words that a running expression stands at. Knows no report and reads no file:
templates are handed in as texts.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateNotFound
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from report.blocks import find_unshown, list_forms
from report.misprints import TOO_DEEP, explain_misprint
from report.problems import Place, Problem, suggest
from report.remembering import Memory
from report.text import escape_html, escape_markdown

DEEPEST = 80
"""So many parts of a template may lie within each other; those of the forms are a sixth of that."""
BUILT_IN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})

RENDER_ERRORS = (
    *(TemplateError, TypeError, ValueError, LookupError, AttributeError),
    *(ArithmeticError, RuntimeError),
)
"""What an expression in words can raise, such as a division by zero."""


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

    def __init__(self, memory: Memory, names: Callable[[], list[str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.memory = memory
        self._list_names = names
        self._trees: dict[str, nodes.Template] = {}
        self._safe: dict[tuple[type, str], bool] = {}

    @cached_property
    def known(self) -> str:
        """A hash of all that forms may lean on."""
        names = "\n".join([*self._list_names(), "", *sorted(self.globals)])
        return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether words may reach an attribute, which hangs on the type and the name alone."""
        asked = (type(obj), attr)
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        if source not in self._trees:
            try:
                tree = super().parse(source, name, filename)
            except RecursionError:
                tree = None
            if tree is None or _is_deep(tree):
                raise TemplateSyntaxError(TOO_DEEP, 1, name, filename)
            self._trees[source] = tree
        return self._trees[source]

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError):  # Python has limits of its own
            raise TemplateSyntaxError(TOO_DEEP, 1, filename, filename) from None


def _is_deep(tree: nodes.Template) -> bool:
    """Whether parts lie within parts so often that whoever walks through them runs out of room."""
    level: list[nodes.Node] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.iter_child_nodes()]
    return bool(level)


class _Forms(BytecodeCache):
    """Compiled forms, each remembered by its name and its text."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is remembered."""
        kept = self._memory.recall("form", bucket.key, bucket.checksum)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled."""
        self._memory.keep(bucket.bytecode_to_string(), "form", bucket.key, bucket.checksum)


def make_environment(templates: Mapping[str, str], memory: Memory | None = None) -> Environment:
    """An environment over templates by name; unknown names fail, everything is escaped.

    Texts of figures are data and templates at once: no expression reaches into Python's own names.
    What `memory` knows of the same texts is neither compiled nor checked again.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        if name not in templates:
            raise TemplateNotFound(name)
        return templates[name], name, lambda: True

    return _Environment(
        memory or Memory(),
        lambda: sorted(templates),
        bytecode_cache=_Forms(memory) if memory else None,
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


def find_once(
    environment: Environment, find: Callable[[], Iterable[Problem]], *question: str
) -> Iterator[Problem]:
    """The problems that a search finds, unless it is known to find none.

    `question` names the search and all that it looks at, beside the environment's own forms.
    """
    memory = environment.memory if isinstance(environment, _Environment) else Memory()
    if memory.recall("sound", *question) is None:
        problems = list(find())
        if not problems:
            memory.keep(b"", "sound", *question)
        yield from problems


def find_template_problems(
    environment: Environment, name: str, source: str, known: Sequence[str]
) -> Iterator[Problem]:
    """Syntax errors, names that no template may use, and templates that do not exist."""
    lean_on = environment.known if isinstance(environment, _Environment) else ""
    yield from find_once(
        environment,
        lambda: _find_template_problems(environment, name, source, known),
        *("template", source, lean_on, *list_forms(environment, source), "", *sorted(known)),
    )


def _find_template_problems(
    environment: Environment, name: str, source: str, known: Sequence[str]
) -> Iterator[Problem]:
    try:
        tree = environment.parse(source, name=name, filename=name)
    except TemplateSyntaxError as error:
        yield explain_misprint(environment, name, source, error)
        return
    yield from _find_strangers(environment, name, source.split("\n"), known, tree)
    yield from find_unshown(environment, name, source, tree)


def _find_strangers(
    environment: Environment,
    name: str,
    lines: Sequence[str],
    known: Sequence[str],
    tree: nodes.Template,
) -> Iterator[Problem]:
    """Names, filters, tests and templates that do not exist."""
    parts = list(tree.find_all(nodes.Node))  # one walk for all questions: it takes long
    allowed = {*known, *_list_assigned(parts), *environment.globals, *BUILT_IN}
    for part in parts:
        match part:
            case nodes.Name(name=used, ctx="load") if used not in allowed:
                what, code = f"the template names {used!r}, which does not exist", "E511"
                remedy = suggest(used, known, "CONTRIBUTING.md lists what words may use")
            case nodes.Filter(name=used) | nodes.Test(name=used) if not (
                used in environment.filters or used in environment.tests
            ):
                what, code = f"the template names {used!r}, which is no filter or test", "E511"
                remedy = "use one of Jinja's, or none"
            case (
                nodes.Extends(template=nodes.Const(value=used))
                | nodes.Include(template=nodes.Const(value=used))
            ) if not _exists(environment, str(used)):
                what, code = f"there is no template {used!r}", "E512"
                remedy = "use one that lies in templates/"
            case _:
                continue
        yield Problem(locate_text(name, lines, part.lineno, str(used)), code, what, remedy)


def _list_assigned(parts: Iterable[nodes.Node]) -> Iterator[str]:
    """Names that a template gives to something itself."""
    for part in parts:
        match part:
            case nodes.Macro(name=name) | nodes.Name(name=name, ctx="store" | "param"):
                yield name
            case nodes.FromImport() | nodes.Import():
                yield from _imported(part)
            case _:
                pass


def _imported(node: nodes.Node) -> set[str]:
    if isinstance(node, nodes.FromImport):
        return {item[1] if isinstance(item, tuple) else item for item in node.names}
    return {node.target} if isinstance(node, nodes.Import) else set()


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
