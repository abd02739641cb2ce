"""The index of an edition's search: what can be found, by which words, and what comes first.

Pure. Knows composed documents and the facts behind them, and the form of the index that the theme's
search reads (lunr, with weights of fields and of entries). Knows nothing of how readers search.

Written from facts and words instead of rendered pages, it holds each measure, series, event, body,
claim and figure under its own name and address, and no axis label, table or menu. Names that the
glossary gives a word come along as tags wherever the word stands, so that `RMB` finds what is said
of it under any of its names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from report.addresses import to_address
from report.extracts import list_sections
from report.items import Item
from report.numbering import list_in_order
from report.pages import Composer
from report.periods import parse_period
from report.remembering import PASSING, Memory
from report.terms import Term, fold, guess_language, list_spellings
from report.text import escape_html

SEPARATOR = r"[\s\-\u2010-\u2015,;:()\"\u2018\u2019\u201c\u201d/?!+]+|&\w+;|\.(?!\d)"
"""What parts words, as JavaScript reads it; a point between digits does not."""
FIELDS = {"title": 10.0, "text": 1.0, "tags": 6.0, "id": 30.0}
"""How much a word counts by where it stands."""
WEIGHTS = {
    "term": 3.2,
    "figure": 3.0,
    "measure": 1.6,
    "page": 1.5,
    "item": 1.4,
    "event": 1.0,
    "institution": 1.0,
    "claim": 1.0,
    "section": 0.9,
    "register": 0.5,
    "series": 0.35,
    "source": 1.5,
}
"""How much an entry counts by what it is: figures and pages come before registers."""
UNNAMED = frozenset({"series", "source", "page", "register"})
"""Kinds of entries that are found by their own words alone."""
LONGEST = 280
"""Characters of a text that results show; the theme shows all of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can be found."""

    location: str
    """Its address below the edition's site."""
    title: str
    text: tuple[str, ...] = ()
    kind: str = "section"
    tags: tuple[str, ...] = ()
    id: str = ""
    """The name by which pages show it, such as `z-12`."""


def write_index(composer: Composer, memory: Memory | None = None) -> str:
    """The index as JSON, the same for the same edition.

    Names that belong to words which `memory` knows are not looked for again.
    """
    find_tags = _remember_tags(Names(composer.view.report.glossary), memory or Memory())
    documents = []
    for finding in _list_findings(composer):
        entry: dict[str, Any] = {
            "location": finding.location,
            "title": _write(finding.title),
            "text": "".join(f"<p>{_write(part)}</p>" for part in finding.text if part),
        }
        if tags := finding.tags or find_tags(finding):
            entry["tags"] = [_write(tag) for tag in tags]
        if finding.id:
            entry["id"] = finding.id
        if WEIGHTS[finding.kind] != 1:
            entry["boost"] = WEIGHTS[finding.kind]
        documents.append(entry)
    language = composer.catalogue.language
    config = {
        "lang": [language if language == "ru" else "en"],
        "separator": SEPARATOR,
        "pipeline": ["stopWordFilter"],
        "fields": {name: {"boost": boost} for name, boost in FIELDS.items()},
    }
    index = {"config": config, "docs": documents}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _write(text: str) -> str:
    """Text as the theme puts it into a result, where no quote needs a reference."""
    return str(escape_html(text.replace("'", "\u2019").replace('"', "\u201d")))


def _remember_tags(names: Names, memory: Memory) -> Callable[[Finding], list[str]]:
    """Finds the names of each entry's words once."""

    def find(finding: Finding) -> list[str]:
        if finding.kind in UNNAMED:
            return []
        question = (names.frame, finding.kind, finding.title, *finding.text)
        packed = memory.find(
            lambda: json.dumps(names.find(finding)).encode(), f"{PASSING}tags", *question
        )
        found: list[str] = json.loads(packed)
        return found

    return find


class Names:
    """Which other names belong to the words of a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._spellings = {term.id: list_spellings(term) for term in terms}
        self.frame = json.dumps(self._spellings)
        """All that an answer hangs on, beside the entry."""
        self._folded = {name: tuple(map(fold, one)) for name, one in self._spellings.items()}
        self._patterns = {
            name: re.compile("|".join(map(_match, spellings)))
            for name, spellings in self._spellings.items()
        }

    def find(self, finding: Finding) -> tuple[str, ...]:
        """The names that an entry can be found by beside its own words."""
        parts = [finding.title]
        parts += finding.text if finding.kind in {"figure", "measure", "item"} else ()
        text = fold(" ".join(parts))
        found = [
            name
            for name, pattern in self._patterns.items()
            # No pattern finds what is not there letter by letter, which is told much quicker.
            if any(spelling in text for spelling in self._folded[name]) and pattern.search(text)
        ]
        tags = (tag for name in found for tag in self._spellings[name])
        return tuple(dict.fromkeys(tag for tag in tags if not re.search(_match(tag), text)))


def _match(spelling: str) -> str:
    pattern = re.escape(fold(spelling))
    return pattern if guess_language(spelling) == "zh" else rf"(?<!\w){pattern}(?:s|es)?(?!\w)"


def _list_findings(composer: Composer) -> Iterator[Finding]:
    """All entries, each address once; the first of a page is the page."""
    facts: dict[str, list[Finding]] = {}
    for finding in _list_facts(composer):
        facts.setdefault(finding.location.partition("#")[0], []).append(finding)
    for document in dict.fromkeys(list_in_order(composer.result.navigation)):
        address, seen = to_address(document), set()
        own = facts.get(address, [])
        known = {finding.location for finding in own}
        for finding in [*_list_prose(composer, document, known), *own]:
            if finding.location not in seen:
                seen.add(finding.location)
                yield finding


def _list_prose(composer: Composer, document: str, known: set[str]) -> Iterator[Finding]:
    """The page itself, and those of its sections that say something in words."""
    address = to_address(document)
    first, *others = list_sections(composer.result.markdown[document])
    is_topic = document in composer.pages or document.endswith("index.md")
    kind = "page" if is_topic else "register"
    yield Finding(address, first.title, tuple(map(_shorten, first.paragraphs)), kind)
    for section in others:
        location = f"{address}#{section.anchor}"
        if section.paragraphs and location not in known:
            texts = tuple(map(_shorten, section.paragraphs))
            yield Finding(location, section.title, texts, "section" if is_topic else "register")


def _shorten(text: str) -> str:
    """A text up to its last whole word that results have room for."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def _list_facts(composer: Composer) -> Iterator[Finding]:
    """What has an address of its own: figures, measures, words, items, and rows of registers."""
    view, text = composer.view, composer.catalogue.text
    say, known = composer.catalogue.gettext, composer.known
    for name, figure in composer.result.figures.items():
        title = f"{say('Figure %(number)s', number=figure.number)}: {figure.title}"
        labels = ", ".join(_name_series(composer, figure.declaration.series))
        location = f"{to_address(figure.document)}#figure-{name}"
        yield Finding(location, title, (_shorten(figure.takeaway), _shorten(labels)), "figure")
    places = {page.id: document for document, page in composer.pages.items()}
    for measure in view.report.measures:
        if (document := places.get(measure.page)) in known:
            status = composer.parts.status(measure.id)
            state = say(status.status.capitalize().replace("_", " ")) if status else ""
            location = f"{to_address(str(document))}#{measure.id}"
            texts = (text(measure.gist), state)
            yield Finding(location, text(measure.title), texts, "measure", id=measure.id)
    yield from _list_registered(composer)


def _list_registered(composer: Composer) -> Iterator[Finding]:
    """The rows of those registers that the edition has."""
    registers: dict[str, Callable[[Composer], Iterator[Finding]]] = {
        "constraints": _list_constraints,
        "opportunities": _list_opportunities,
        "glossary": _list_terms,
        "events": _list_events,
        "institutions": _list_institutions,
        "claims": _list_claims,
        "data": _list_series,
        "sources": _list_sources,
    }
    for name, list_rows in registers.items():
        if f"{name}.md" in composer.known:
            yield from list_rows(composer)


def _list_constraints(composer: Composer) -> Iterator[Finding]:
    yield from _list_items("constraints", composer.view.report.constraints, composer)


def _list_opportunities(composer: Composer) -> Iterator[Finding]:
    yield from _list_items("opportunities", composer.view.report.opportunities, composer)


def _list_items(name: str, items: Iterable[Item], composer: Composer) -> Iterator[Finding]:
    text = composer.catalogue.text
    for item in items:
        yield Finding(
            f"{name}/#{item.id}", text(item.title), (text(item.gist),), "item", id=item.id
        )


def _list_terms(composer: Composer) -> Iterator[Finding]:
    text = composer.catalogue.text
    for term in composer.view.report.glossary:
        title, tags = text(term.title), tuple(list_spellings(term))
        yield Finding(f"glossary/#term-{term.id}", title, (text(term.definition),), "term", tags)


def _list_events(composer: Composer) -> Iterator[Finding]:
    text = composer.catalogue.text
    for event in composer.view.events:
        day = composer.catalogue.period(parse_period(event.date))
        texts = (day, _shorten(text(event.description)))
        yield Finding(f"events/#{event.id}", text(event.title), texts, "event", id=event.id)


def _list_institutions(composer: Composer) -> Iterator[Finding]:
    text = composer.catalogue.text
    for body in composer.view.institutions:
        texts = (text(body.remit),)
        yield Finding(f"institutions/#{body.id}", text(body.name), texts, "institution")


def _list_claims(composer: Composer) -> Iterator[Finding]:
    for shown in composer.parts.claims():
        claim, verdict = shown.claim, composer.parts.name_verdict(shown.verdict)
        title = f"{claim.id}: {composer.catalogue.text(claim.claim)}"
        yield Finding(f"claims/#claim-{claim.id}", title, (verdict,), "claim", id=claim.id)


def _list_series(composer: Composer) -> Iterator[Finding]:
    for _, members in composer.parts.series():
        for member in members:
            title = composer.catalogue.text(member.series.declaration.title)
            yield Finding(f"data/#series-{member.series.id}", title, (), "series")


def _list_sources(composer: Composer) -> Iterator[Finding]:
    """Producers under their letter; titles of what they published are not searched."""
    sources = composer.view.report.sources
    for letter, name, members in composer.parts.sources_by_letter():
        producers = dict.fromkeys(sources[source].producer for source, _ in members)
        yield Finding(f"sources/#letter-{name}", letter, tuple(producers), "source")


def _name_series(composer: Composer, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield composer.catalogue.text(composer.view.series[name].declaration.title)
