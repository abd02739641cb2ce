"""How words and forms point at things: pages, figures, measures, events, bodies and sources.

Knows ids, titles and addresses, and the marks that say in which language words are. Knows nothing
of how a page is put together. Like `report.words`, it complains at the place of the call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Protocol, TypeVar

from markupsafe import Markup

from report.addresses import locate_book, relate, relate_file
from report.complaints import WordsError, explain_call
from report.declaring import FIRST_LANGUAGE, Texts, choose_text
from report.model import (
    Event,
    FigureDeclaration,
    Institution,
    Measure,
    Page,
    PageKind,
    Source,
    View,
)
from report.numbering import mark_number
from report.periods import parse_period
from report.placing import list_places, place_page
from report.problems import suggest
from report.text import escape_html, escape_markdown, trust
from report.words import UNKNOWN, Words


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


N = TypeVar("N", bound=Named)


def by_id(items: Iterable[N]) -> dict[str, N]:
    """Items by their id."""
    return {item.id: item for item in items}


def _escape(text: str) -> Markup:
    """A text, unless it is marked up already."""
    return text if isinstance(text, Markup) else escape_markdown(text)


@dataclass
class References:
    """The linking functions for one document."""

    view: View
    words: Words
    document: str
    """The document that links, e.g. `pathways/x.md`."""
    documents: frozenset[str]
    """All documents of the site, so that nothing points at a page that is not there."""

    # Each is made when it is asked for: most texts, such as those of figures, ask for none.

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return by_id(self.view.report.pages)

    @cached_property
    def _kinds(self) -> dict[str, PageKind]:
        return by_id(self.view.report.declaration.kinds)

    @cached_property
    def _figures(self) -> dict[str, tuple[str, FigureDeclaration]]:
        groups = self.view.report.figures
        return {figure.id: (group.page, figure) for group in groups for figure in group.figures}

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return by_id(self.view.report.measures)

    @cached_property
    def _events(self) -> dict[str, Event]:
        return by_id(self.view.events)

    @cached_property
    def _institutions(self) -> dict[str, Institution]:
        return by_id(self.view.institutions)

    def functions(self) -> dict[str, Callable[..., object]]:
        """All of them by the name that words use."""
        guarded: dict[str, Callable[..., Markup]] = {
            "page_link": self.link_page,
            "figure_link": self.link_figure,
            "figure_ref": self.cite_figure,
            "measure": self.link_measure,
            "event": self.link_event,
            "institution": self.link_institution,
            "source": self.link_source,
            "quoted": self.quote,
            "link": self.link_document,
        }
        return {name: self._guard(name, function) for name, function in guarded.items()} | {
            "file_link": self.link_file,
            "book_link": self.link_book,
            "tongue": self.mark_language,
            "term": escape_markdown,
            "formula": escape_markdown,
            "anchor": lambda name: trust(escape_html(name)),  # ids only: no Markdown in them
            "count": self.count,
            "producers": self.link_producers,
        }

    def plain_functions(self) -> dict[str, Callable[..., object]]:
        """Those for texts that hold no links, such as those of figures."""
        return {
            "quoted": self._guard("quoted", self.quote_plainly),
            "term": escape_markdown,
            "formula": escape_markdown,
            "count": self.count,
        }

    def _guard(self, name: str, function: Callable[..., Markup]) -> Callable[..., Markup]:
        def call(*args: str, **options: str) -> Markup:
            try:
                return function(*args, **options)
            except WordsError as error:
                self.words.complain(error)
            except TypeError as error:
                self.words.complain(explain_call(name, function, error))
            return trust("?")

        return call

    def _find(self, known: Mapping[str, N], name: str, noun: str) -> N:
        if name not in known:
            what = f"there is no {noun} {name!r}"
            raise WordsError("E501", what, suggest(name, known), name)
        return known[name]

    def link_document(self, document: str, text: str, anchor: str = "") -> Markup:
        """A link to a document by its path below the words, e.g. `events.md`.

        The text alone where this edition lacks one that it may have.
        """
        if document not in self.documents:
            if document not in (places := list_places(self.view.report)):
                what = f"there is no page {document!r}"
                raise WordsError("E501", what, suggest(document, sorted(places)), document)
            return _escape(text)
        return self._link(relate(self.document, document, anchor), text)

    def link_file(self, path: str, text: str) -> Markup:
        """A link to a file of the edition by its path below the site."""
        return self._link(relate_file(self.document, path), text)

    def link_book(self, text: str) -> Markup:
        """A link to the whole edition as a book."""
        title = next(iter(self.view.report.declaration.short_title.values()))
        language = self.words.catalogue.language
        return self.link_file(locate_book(title, self.view.edition.id, language), text)

    @staticmethod
    def _link(href: str, text: str) -> Markup:
        # Links stand in prose as well, where Markdown reads what is between tags.
        return trust(f'<a href="{escape_html(href)}">{_escape(text)}</a>')

    def _text(self, texts: Texts) -> str:
        return self.words.catalogue.text(texts)

    def mark_language(self, texts: Texts | str, language: str = "") -> Markup:
        """Words with their language marked where it is not the page's own."""
        if isinstance(texts, str):
            words, spoken = texts, language or FIRST_LANGUAGE
        else:
            words, spoken = choose_text(texts, self.words.catalogue.language)
        if spoken == self.words.catalogue.language:
            return escape_markdown(words)
        return trust(f'<span lang="{escape_html(spoken)}">{escape_markdown(words)}</span>')

    def link_page(self, name: str, text: str = "") -> Markup:
        """A link to a page by its id; its title unless a text is given."""
        page = self._find(self._pages, name, "page")
        document = place_page(page, self._kinds)
        return self.link_document(document, text or self._text(page.title))

    def link_figure(self, name: str, text: str = "") -> Markup:
        """A link to a figure by its id: of these words and its number, or of its number alone."""
        number = trust(f'<span class="figure-number">{mark_number(name)}</span>')
        shown = trust(f"{escape_markdown(text)} ({number})") if text else number
        return self._lead_to_figure(name, shown)

    def cite_figure(self, name: str) -> Markup:
        """A link to a figure by its number, e.g. `Figure 3.2`."""
        return self.link_figure(name)

    def _lead_to_figure(self, name: str, shown: Markup) -> Markup:
        if name not in self._figures:
            what = f"there is no figure {name!r}"
            raise WordsError("E501", what, suggest(name, self._figures), name)
        owner, _ = self._figures[name]
        document = "index.md"
        if owner in self._pages:
            document = place_page(self._pages[owner], self._kinds)
        elif f"{owner}.md" in self.documents:
            document = f"{owner}.md"
        if document not in self.documents:
            return shown
        address = relate(self.document, document, f"figure-{name}")
        return trust(f'<a href="{escape_html(address)}">{shown}</a>')

    def link_measure(self, name: str, text: str = "") -> Markup:
        """A link to a measure on its page."""
        measure = self._find(self._measures, name, "measure")
        page = self._find(self._pages, measure.page, "page")
        document = place_page(page, self._kinds)
        return self.link_document(document, text or self._text(measure.title), measure.id)

    def link_event(self, name: str, text: str = "") -> Markup:
        """A link to an event with its day."""
        event = self._find(self._events, name, "event")
        day = self.words.catalogue.period(parse_period(event.date))
        words = text or f"{self._text(event.title)} ({day})"
        return self.link_document("events.md", words, event.id)

    def link_institution(self, name: str, text: str = "") -> Markup:
        """A link to a body, fund, zone or fair."""
        institution = self._find(self._institutions, name, "institution")
        words = text or self._text(institution.name)
        return self.link_document("institutions.md", words, institution.id)

    def link_source(self, name: str, text: str = "") -> Markup:
        """A link to the entry of a source; its producer unless a text is given."""
        source = self._find(self.view.report.sources, name, "source")
        return self.link_document("sources.md", text or source.producer, f"source-{source.id}")

    def link_producers(self, names: Iterable[str], *, brief: bool = False) -> list[Markup]:
        """Links to sources, one text for each producer.

        Several of one producer are told apart by day, those of one day by title, or else by id.
        `brief`: only how many there are of several is said.
        """
        producers: dict[str, list[Source]] = {}
        for name in names:
            source = self._find(self.view.report.sources, name, "source")
            producers.setdefault(source.producer, []).append(source)
        return [
            self.link_source(found[0].id)
            if len(found) == 1
            else trust(f"{escape_markdown(producer)} ({self._tell_issues(found, brief=brief)})")
            for producer, found in producers.items()
        ]

    def _tell_issues(self, sources: Sequence[Source], *, brief: bool) -> str:
        """What a producer published: links, the earliest first, or how many there are."""
        say, tell = self.words.catalogue.gettext, self.words.catalogue.period
        if brief:
            return escape_markdown(say("%(count)s publications", count=len(sources)))
        ordered = sorted(sources, key=lambda one: (not one.published, one.published, one.id))
        days = [tell(parse_period(o.published)) if o.published else say("undated") for o in ordered]
        alike = Counter((day, one.title) for day, one in zip(days, ordered, strict=True))
        links = []
        for one, day in zip(ordered, days, strict=True):
            words = escape_markdown(day)
            if days.count(day) > 1:
                title = self.mark_language(one.title, one.title_lang)
                words += trust(": ") + (title if alike[day, one.title] == 1 else one.id)
            links.append(self.link_document("sources.md", words, f"source-{one.id}"))
        return ", ".join(links)

    def quote(self, text: str, source: str) -> Markup:
        """A number or word that a source states, with a link to the source."""
        linked = self.link_source(source)
        return trust(f"{escape_markdown(text)} ({linked})")

    def quote_plainly(self, text: str, source: str) -> Markup:
        """The same in words alone: what is stated, and the source's producer."""
        producer = self._find(self.view.report.sources, source, "source").producer
        return escape_markdown(f"{text} ({producer})")

    def count(self, noun: str, **conditions: str) -> str:
        """How many there are of something, e.g. `count("events", page="x", since="2014")`."""
        try:
            return self.words.catalogue.number(self._count(noun, conditions))
        except WordsError as error:
            self.words.complain(error)
        return str(UNKNOWN)

    def _count(self, noun: str, conditions: dict[str, str]) -> int:
        report = self.view.report
        groups: dict[str, Callable[[], Sequence[object]]] = {
            "pages": lambda: report.pages,
            "measures": lambda: report.measures,
            "claims": lambda: self.view.claims,
            "statuses": lambda: [found[-1] for found in self.view.assessments.values()],
            "constraints": lambda: report.constraints,
            "opportunities": lambda: report.opportunities,
            "events": lambda: self.view.events,
            "institutions": lambda: self.view.institutions,
            "sources": lambda: list(report.sources.values()),
            "series": lambda: [s for s in self.view.series.values() if s.points],
            "observations": lambda: [row for rows in self.view.vintages.values() for row in rows],
        }
        if noun not in groups:
            what = f"there is nothing called {noun!r} to count"
            raise WordsError("E501", what, suggest(noun, groups), noun)
        items = groups[noun]()
        if not conditions:
            return len(items)
        known = {"events": report.events, "institutions": report.institutions}.get(noun)
        for key, wanted in conditions.items():
            self._check_condition(noun, known or items, key, wanted)
        since, until = conditions.pop("since", ""), conditions.pop("until", "9999")
        return sum(
            all(getattr(item, key) == wanted for key, wanted in conditions.items())
            and since <= getattr(item, "date", "9998") < until
            for item in items
        )

    def _check_condition(
        self, noun: str, items: Sequence[object], key: str, wanted: object
    ) -> None:
        """Raises WordsError for a condition that nothing of this kind can meet."""
        if not items:
            return
        name = "date" if key in {"since", "until"} else key
        values = {v for item in items if isinstance(v := getattr(item, name, None), str)}
        if not values:
            what = f"count({noun!r}) takes no {key!r}: {noun} have no {name}"
            fields = [*type(items[0]).__annotations__, "since", "until"]
            raise WordsError("E502", what, suggest(key, fields), key)
        for value in tuple(values):
            values |= set(type(value)) if isinstance(value, Enum) else set()
        values |= set(self._pages) if key == "page" else set()
        if name == key and wanted not in values:
            what = f"no {noun} can have the {key} {wanted!r}"
            raise WordsError("E501", what, suggest(str(wanted), map(str, values)), str(wanted))
