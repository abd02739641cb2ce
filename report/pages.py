"""Words and forms put together into the documents of one edition in one language.

Pure: templates and a view in; Markdown documents, the figures that they place, the navigation and
problems out. Knows which documents there are and what expressions in words may use. A document is
what has a words file; a figure is a placeholder here, which the site's rendering replaces later.
"""

from __future__ import annotations

import gc
import html
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from report.addresses import relate
from report.checks.prose import list_unit_words
from report.complaints import WordsError
from report.embeds import FORM as EMBED
from report.environment import find_template_problems, make_environment
from report.failures import (
    RENDER_ERRORS,
    explain_failure,
    find_running,
    locate_failure,
    locate_text,
)
from report.figures import Figure, Order, gather_figure
from report.languages import Catalogue
from report.model import View
from report.navigation import list_pages, make_navigation
from report.numbering import mark_number
from report.originals import Original
from report.parts import Parts
from report.placing import list_openings, list_places, place_page
from report.pointers import Map, check_all_pointers
from report.portions import Keys, take_portion
from report.problems import DataProblems, Place, Problem, suggest
from report.proofreading import check_presence, check_text, check_words
from report.references import References, by_id
from report.remembering import Memory
from report.sheets import Documents, PlacedFigure, Take, number_all
from report.takings import list_takings
from report.text import escape_markdown, trust
from report.updates import Before
from report.words import Words

KIND = "pages/kind.md.jinja"
"""The form of what opens a kind of pages, where it has no words of its own."""
PLATE = "parts/figure.html.jinja"
"""The form of a figure; it includes no other."""


class Composer:
    """Renders the documents of one view in one language."""

    def __init__(  # noqa: PLR0913, PLR0917 - an edition, a language, and what pages are made from
        self,
        view: View,
        catalogue: Catalogue,
        templates: Mapping[str, str],
        locate: Callable[[str, str], Place],
        files: Collection[str] | None = None,
        before: Before | None = None,
        *,
        whole: bool = True,
        memory: Memory | None = None,
    ) -> None:
        """`templates` holds forms and words by name; `locate` finds a figure's key in the data.

        `files` are the paths below the site to which words may link, where they are known;
        `before` is the edition before this one, with all that differs; `whole` says whether files
        for taking away are made, to which pages and figures may link; `memory` is what earlier
        runs found out of texts.
        """
        self.view, self.catalogue, self.files, self.whole = view, catalogue, files, whole
        self.folder = f"site_src/{view.edition.id}/{catalogue.language}/"
        self.templates, self.locate_figure = dict(templates), locate
        self.parts = Parts(view, catalogue, before)
        self.words = Words(view, catalogue, self._locate)
        self.units = list_unit_words(view.report.units.values())
        self.kinds = by_id(view.report.declaration.kinds)
        self.pages = {place_page(page, self.kinds): page for page in view.report.pages}
        self.openings = list_openings(view.report)
        groups = view.report.figures
        self.figures = {f.id: (group.page, f) for group in groups for f in group.figures}
        self.result = Documents()
        self._figure_texts: dict[str, str] = {}
        self._keys = Keys()
        self._add_figure_texts()
        # No words lean on those of another edition or language, which may change without these.
        own = {n: text for n, text in self.templates.items() if not self._is_foreign(n)}
        self.environment = make_environment(own, memory)
        self.environment.globals["_"] = self._translate

    def _is_foreign(self, name: str) -> bool:
        return name.startswith("site_src/") and not name.startswith(self.folder)

    @cached_property
    def known(self) -> frozenset[str]:
        """All documents that there are."""
        return frozenset([*self._written, *self.openings])

    @cached_property
    def _written(self) -> list[str]:
        """The documents that have words of their own."""
        names = sorted(name for name in self.templates if name.startswith(self.folder))
        return [name.removeprefix(self.folder) for name in names if name.endswith(".md")]

    def compose(self, apart: Collection[str] = (), take: Take | None = None) -> Documents:
        """All documents; whatever is wrong with words or figures is in `problems`.

        Those that are composed `apart` are taken when the others are there. Where they are not to
        be had, or place what others place, all are composed here, in one order.
        """
        may_be = list_places(self.view.report)
        needed = ("index.md", *self.pages)
        said = check_presence(self._written, needed, may_be, self.folder)
        self.result.problems.extend(said)
        documents = [one for one in self._written if one in may_be]
        documents += [one for one in self.openings if one not in self._written]
        self.compose_some(document for document in documents if document not in apart)
        if take is not None and not self.result.add_share(take(), documents):
            self.result, self._figure_texts = Documents(), {}
            self.words.problems.clear()
            return self.compose()
        self._check_figures()
        judged = check_words(self.environment, self.templates, self.folder, self.units)
        self.result.problems.extend([*self.words.problems, *judged])
        report = self.view.report
        self.result.navigation = make_navigation(report, self.catalogue, self._written)
        number_all(self.result, lambda at: self._translate("Figure %(number)s", number=at))
        site = Map(self.known, self.result.markdown, self.files)
        self.result.problems.extend(check_all_pointers(site, self.folder, self.templates))
        self.environment.forget_trees()
        return self.result

    def compose_some(self, documents: Iterable[str]) -> None:
        """Some of the documents, which are in `result` then as far as they can be rendered."""
        for document in documents:
            own = self.folder + document
            self._compose_document(document, own if own in self.templates else KIND)
            # Words are rendered once. Compiled ones hold themselves, and would pile up unseen.
            self.environment.forget_compiled((self.folder, "#"))
            gc.collect(1)

    def _compose_document(self, document: str, template: str) -> None:
        context = self._context(document)
        self.words.begin()
        found = list(
            find_template_problems(
                self.environment, template, self.templates[template], list(context)
            )
        )
        self.result.problems.extend(found)
        if found:
            return
        try:
            text = self.environment.get_template(template).render(context)
        except RENDER_ERRORS as error:
            self.result.problems.append(self._explain(error, template))
        else:
            self.result.markdown[document] = text.strip() + "\n"

    def _explain(self, error: BaseException, template: str) -> Problem:
        """An exception of an expression as a problem at its place."""
        code = "E511" if isinstance(error, UndefinedError) else "E510"
        what = f"the words cannot be rendered: {explain_failure(error, self.templates)}"
        place = locate_failure(error, template, self.templates, self.locate_figure)
        return Problem(place, code, what, "correct the expression")

    def _context(self, document: str) -> dict[str, Any]:
        """What expressions in a document may name."""
        references = References(self.view, self.words, document, self.known)
        page = self.pages.get(document)
        kind = next((k for k in self.kinds.values() if document.startswith(f"{k.folder}/")), None)
        context: dict[str, Any] = {
            "report": self.view.report,
            "edition": self.view.edition,
            "view": self.view,
            "catalogue": self.catalogue,
            "parts": self.parts,
            "page": page,
            "page_id": page.id if page else "home",
            "kind": kind,
            "kinds": list(self.kinds.values()),
            "document": document,
            "documents": self.known,
            "whole": self.whole,
            "pages_of": lambda kind: list_pages(self.view.report, kind),
            "text": self.catalogue.text,
            "plain_title": self._render_title,
            "own_measures": lambda page: {m.id for m in self.parts.measures(page)},
            "relate": lambda target, anchor="": relate(document, target, anchor),
        }
        context |= self.words.functions() | references.functions()
        context["figure"] = lambda name: self._place_figure(name, document)
        context["part"] = lambda name, **values: self._render_part(name, context | values)
        return context

    def _translate(self, message: str, **values: object) -> Markup:
        """Interface words, with the values filled in escaped."""
        escaped = {
            key: value if isinstance(value, Markup) else escape_markdown(str(value))
            for key, value in values.items()
        }
        return trust(self.catalogue.gettext(message, **escaped))

    def _render_part(self, name: str, context: Mapping[str, Any]) -> Markup:
        """A part as one line of HTML, so that Markdown takes it for one raw block."""
        template = self.environment.get_template(f"parts/{name}.html.jinja")
        lines = (line.strip() for line in template.render(context).split("\n"))
        return trust(" ".join(line for line in lines if line))

    # Figures.

    def _add_figure_texts(self) -> None:
        """Each text of a figure as a template, so that its expressions are rendered like words."""
        for name, (_, figure) in self.figures.items():
            for key in ("title", "takeaway", "notes"):
                text = self.catalogue.text(getattr(figure, key))
                self.templates[f"#{name}#{key}"] = text

    def _render_figure_text(self, name: str, key: str) -> str:
        """A text of a figure as plain text; the same wherever it is shown."""
        template = f"#{name}#{key}"
        if template not in self._figure_texts:
            self._figure_texts[template] = self._make_figure_text(template, name, key)
        return self._figure_texts[template]

    @cached_property
    def _plain_context(self) -> dict[str, Callable[..., object]]:
        """What expressions in texts of figures may name."""
        references = References(self.view, self.words, "index.md", self.known)
        return self.words.functions() | references.plain_functions()

    def _make_figure_text(self, template: str, name: str, key: str) -> str:
        source, place = self.templates[template], self.locate_figure(name, key)
        context, language = self._plain_context, self.catalogue.language
        found = list(check_text(self.environment, template, source, language, self.units))
        if "{" in source:
            found += find_template_problems(self.environment, template, source, list(context))
        problems = [Problem(place, p.code, p.what, p.remedy) for p in found]
        self.result.problems.extend(problems)
        if problems:
            return "?"
        if "{" in source:  # else there is nothing for Jinja, which takes a millisecond
            source = self.environment.get_template(template).render(context)
        return " ".join(html.unescape(source).split())

    def _render_title(self, name: str) -> str:
        """A figure's title as plain text, for links to it."""
        return self._render_figure_text(name, "title") if name in self.figures else "?"

    def _place_figure(self, name: str, document: str) -> Markup:
        """A figure's heading, takeaway and placeholder."""
        if name not in self.figures:
            what = f"there is no figure {name!r}"
            self.words.complain(WordsError("E501", what, suggest(name, self.figures), name))
            return trust("?")
        page, declaration = self.figures[name]
        if name in self.result.figures:
            what = f"the figure {name!r} is placed twice"
            remedy = "keep it once and link to it elsewhere"
            self.words.complain(WordsError("E522", what, remedy, name))
            return trust("?")
        texts = {key: self._render_figure_text(name, key) for key in ("title", "takeaway", "notes")}
        self.result.figures[name] = PlacedFigure(declaration, page, document, **texts)
        return trust(
            f'### <span class="figure-number">{mark_number(name)}<span>:</span></span> '
            f"{escape_markdown(texts['title'])} {{: #figure-{name} .figure-title }}\n\n"
            f"{escape_markdown(texts['takeaway'])}\n{{: .takeaway }}\n\n"
            f'<div data-figure="{name}"></div>\n'
        )

    def try_figure(self, name: str) -> None:
        """Raises FigureRefused where a placed figure cannot be made; draws nothing."""
        placed = self.result.figures[name]
        portion = take_portion(self.view, placed.declaration)
        gather_figure(placed.declaration, placed.page, portion, self.catalogue)

    def order_figure(self, name: str) -> Order:
        """All that a placed figure's drawings and table are made from."""
        placed = self.result.figures[name]
        portion = take_portion(self.view, placed.declaration)
        made_from = (placed.declaration, placed.page, portion, self.catalogue)
        texts = (placed.title, placed.takeaway, placed.notes)
        return Order(*made_from, *texts, placed.document, self.whole, placed.number)

    def render_figure(
        self,
        figure: Figure,
        drawings: Mapping[str, str],
        original: Original | None = None,
        firsts: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> str:
        """A figure's HTML with its finished drawings; DataProblems where its form fails."""
        placed = self.result.figures[figure.id]
        portion = take_portion(self.view, placed.declaration)
        references = References(portion, self.words, placed.document, self.known)
        context: dict[str, Any] = {size: trust(svg) for size, svg in drawings.items()}
        context |= {"figure": figure, "producers": references.link_producers}
        context |= {"original": original, "number": placed.number, "whole": self.whole}
        context["firsts"] = {size: trust(svg) for size, svg in (firsts or {}).items()}
        order = self.order_figure(figure.id)
        context["take"] = list_takings(order, files, drawings) if self.whole and files else None
        try:
            return self.environment.get_template(PLATE).render(context).strip()
        except RENDER_ERRORS as error:
            raise DataProblems([self._explain(error, f"templates/{PLATE}")]) from error

    def key_figure(self, name: str, stamp: str) -> str:
        """A key of all that a figure's HTML is made from; `stamp` tells code and libraries."""
        placed = self.result.figures[name]
        words, forms = self.catalogue, map(self.templates.get, (PLATE, EMBED))
        common = self._keys.sum_once(
            lambda: (self.whole, words.language, words.messages, sorted(self.known), *forms)
        )
        return self._keys.make(take_portion(self.view, placed.declaration), (stamp, common, placed))

    def _check_figures(self) -> None:
        """Each figure is placed, unless what is wrong with its page's words was said already."""
        documents = {page.id: document for document, page in self.pages.items()}
        for name, (page, _) in sorted(self.figures.items()):
            document = documents.get(page, "index.md" if page == "home" else f"{page}.md")
            if name not in self.result.figures and document in self.result.markdown:
                what = f"no page places the figure {name!r}"
                remedy = f"write {{{{ figure({name!r}) }}}} in the words of {page}"
                place = self.locate_figure(name, "id")
                self.result.problems.append(Problem(place, "E523", what, remedy))

    def _locate(self, near: str) -> Place:
        """The place in the words or in a figure's text that is being rendered."""
        running = find_running(
            lambda name: name.startswith((self.folder, "#")) or name in self.templates
        )
        if running is None:
            return Place(self.folder)
        name, line = running
        if name.startswith("#"):
            _, figure, key = name.split("#")
            return self.locate_figure(figure, key)
        return locate_text(name, self.templates[name].split("\n"), line, near)
