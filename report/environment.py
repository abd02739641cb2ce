"""The Jinja environment in which words and forms are rendered.

Knows how text is escaped for each kind of template, and which names templates may use. Knows no
report and reads no file: templates are handed in as texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from report.blocks import find_unshown, list_forms
from report.failures import locate_text
from report.misprints import TOO_DEEP, explain_misprint
from report.problems import Problem, suggest
from report.remembering import ONCE, Memory
from report.text import escape_html, escape_markdown

DEEPEST = 80
"""So many parts of a template may lie within each other; those of the forms are a sixth of that."""
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


class ReadingEnvironment(ImmutableSandboxedEnvironment):
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
        """The tree of a text; raises TemplateSyntaxError also where it is too deep."""
        if source not in self._trees:
            try:
                tree = super().parse(source, name, filename)
            except RecursionError:
                tree = None
            if tree is None or _is_deep(tree):
                raise TemplateSyntaxError(TOO_DEEP, 1, name, filename)
            self._trees[source] = tree
        return self._trees[source]

    def forget_compiled(self, start: str | tuple[str, ...]) -> None:
        """Let go of templates of names that start so: they are made again if asked for again."""
        if self.cache is not None:
            for key in [key for key in self.cache if key[1].startswith(start)]:
                del self.cache[key]

    def forget_trees(self) -> None:
        """Let go of all texts that were read."""
        self._trees.clear()

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
    """Compiled forms and words, each remembered by its name and its text."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        """The name itself, which tells forms and words apart."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is remembered."""
        kept = self._memory.recall(*_ask_compiled(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled."""
        self._memory.keep(bucket.bytecode_to_string(), *_ask_compiled(bucket))


def _ask_compiled(bucket: Bucket) -> tuple[str, str, str]:
    is_shared = bucket.key.endswith(".jinja") or bucket.key.startswith("#")  # figures' texts
    kind = "form" if is_shared else f"{ONCE}words"
    return kind, bucket.key, bucket.checksum


def make_environment(
    templates: Mapping[str, str], memory: Memory | None = None
) -> ReadingEnvironment:
    """An environment over templates by name; unknown names fail, everything is escaped.

    Texts of figures are data and templates at once: no expression reaches into Python's own names.
    What `memory` knows of the same texts is neither compiled nor checked again.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        if name not in templates:
            raise TemplateNotFound(name)
        return templates[name], name, lambda: True

    return ReadingEnvironment(
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


def find_once(
    environment: Environment, find: Callable[[], Iterable[Problem]], *question: str
) -> Iterator[Problem]:
    """The problems that a search finds, unless it is known to find none.

    `question` names the search and all that it looks at, beside the environment's own forms.
    """
    memory = environment.memory if isinstance(environment, ReadingEnvironment) else Memory()
    if memory.recall("sound", *question) is None:
        problems = list(find())
        if not problems:
            memory.keep(b"", "sound", *question)
        yield from problems


def find_template_problems(
    environment: Environment, name: str, source: str, known: Sequence[str]
) -> Iterator[Problem]:
    """Syntax errors, names that no template may use, and templates that do not exist."""
    lean_on = environment.known if isinstance(environment, ReadingEnvironment) else ""
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
