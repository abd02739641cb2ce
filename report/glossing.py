"""Words of the glossary marked where a page first uses them, with what they mean at hand.

Pure. Knows composed Markdown as this project's forms make it: what is prose, and what is a heading,
a link, a figure or a part in HTML, in which no word is marked. Knows nothing of how pages look.

A word becomes a button, and its meaning a popover at the end of the page: browsers open one by the
other on click, touch and key without a script, close it on Escape, and keep it while it is read. A
browser that knows no popovers shows all meanings at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from report.addresses import relate
from report.languages import Catalogue
from report.remembering import PASSING, Memory
from report.terms import Term, guess_language, list_spellings
from report.text import escape_html, escape_markdown

GLOSSARY = "glossary.md"
UNMARKED = frozenset({GLOSSARY})
"""Documents in which no word is marked."""
_BREAK = re.compile(r"(\n(?:[ \t]*\n)+)")
_RAW = re.compile(
    r"[ \t]*(?:#|<|\||\{:|!!!|\[\^|>|```|~~~|\s{4})|[^\n]*\n\{: (?!\.takeaway)[^}]*\}\s*$"
)
"""How a block begins that is no prose, or a paragraph with a class of its own, as a heading has."""
_CLOSED = re.compile(
    r"<(a|button|code|svg)\b.*?</\1>|<[^<>]*>|!?\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|`[^`]*`"
    r"|&#?\w+;|\{[^{}]*\}",
    re.DOTALL,
)
"""What is no text within prose: links, tags, code, character references."""


@dataclass(frozen=True)
class Glosser:
    """Marks words in the documents of one edition in one language."""

    terms: tuple[Term, ...]
    catalogue: Catalogue

    @cached_property
    def _words(self) -> dict[str, Term]:
        """Terms by the spellings that pages know them by, in the language of the pages."""
        language = self.catalogue.language
        own = language if language in {"zh", "ru"} else ""
        found: dict[str, Term] = {}
        for term in self.terms:
            title = self.catalogue.text(term.title)
            forms = [form for form in term.forms if guess_language(form) in {"", own}]
            found |= {form: term for form in (title, *forms) if term.marked}
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All spellings, the longest first; a short form in capitals only as it is written."""
        longest = sorted(self._words, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(_match_word, longest)) or r"(?!)")

    def mark_documents(
        self, documents: Mapping[str, str], memory: Memory | None = None
    ) -> dict[str, str]:
        """All documents with the first use of each word marked, and its meaning at the end.

        In a text that `memory` knows, with the same glossary, words are not looked for again.
        """
        memory, has_page = memory or Memory(), GLOSSARY in documents
        said = (self.catalogue.language, self.catalogue.gettext("Glossary"), has_page, self.terms)
        frame = repr(said)

        def mark(name: str, text: str) -> str:
            def find() -> bytes:
                return self._mark(name, text, has_page=has_page).encode()

            return memory.find(find, f"{PASSING}glossed", frame, name, text).decode()

        return {
            name: text if name in UNMARKED else mark(name, text) for name, text in documents.items()
        }

    def _mark(self, document: str, text: str, *, has_page: bool) -> str:
        used: dict[str, Term] = {}
        blocks = _BREAK.split(text)
        shown = "".join(
            block if _RAW.match(block) else self._mark_prose(block, used) for block in blocks
        )
        if not used:
            return text
        notes = (self._explain(term, document, has_page=has_page) for term in used.values())
        return f'{shown.rstrip()}\n\n<div class="terms">{"".join(notes)}</div>\n'

    def _mark_prose(self, block: str, used: dict[str, Term]) -> str:
        pieces, at = [], 0
        for closed in _CLOSED.finditer(block):
            pieces += [self._mark_text(block[at : closed.start()], used), closed[0]]
            at = closed.end()
        return "".join([*pieces, self._mark_text(block[at:], used)])

    def _mark_text(self, text: str, used: dict[str, Term]) -> str:
        def mark(found: re.Match[str]) -> str:
            term = self._find(found[0])
            if term.id in used:
                return found[0]
            used[term.id] = term
            name = escape_html(term.id)
            return (
                f'<button type="button" class="term" popovertarget="term-{name}"'
                f' aria-describedby="means-{name}">{found[0]}</button>'
            )

        return self._pattern.sub(mark, text)

    def _find(self, shown: str) -> Term:
        """The term of a spelling as it stands in a text."""
        for word, term in self._words.items():
            if re.fullmatch(_match_word(word), shown):
                return term
        raise LookupError(shown)

    def _explain(self, term: Term, document: str, *, has_page: bool) -> str:
        """What a word means, as one element without line ends."""
        name, say = escape_html(term.id), self.catalogue
        link = ""
        if has_page:
            address = escape_html(relate(document, GLOSSARY, f"term-{term.id}"))
            link = f' <a href="{address}">{escape_markdown(say.gettext("Glossary"))}</a>'
        return (
            f'<div class="term-note" id="term-{name}" popover>'
            f"<strong>{escape_markdown(say.text(term.title))}</strong>"
            f' <span id="means-{name}">{escape_markdown(say.text(term.definition))}</span>'
            f"{link}</div>"
        )


def _match_word(word: str) -> str:
    """A pattern of a spelling as a word of its own: with a capital at its start, or in the plural.

    Han characters have no spaces between words; short forms in capitals mean nothing in small ones.
    """
    if guess_language(word) == "zh":
        return re.escape(word)
    first, rest = re.escape(word[:1]), re.escape(word[1:])
    start = first if word[:2].isupper() else f"(?i:{first})"
    return rf"(?<![\w\-–&#/]){start}{rest}(?:s|es)?(?![\w\-–/])"


def list_entries(
    terms: Iterable[Term], catalogue: Catalogue
) -> Iterator[tuple[Term, list[tuple[str, str]]]]:
    """All terms in the order of a dictionary, each with its other names and their languages."""
    for term in sorted(terms, key=lambda one: (catalogue.text(one.title).casefold(), one.id)):
        shown = catalogue.text(term.title)
        names = [name for name in list_spellings(term) if name != shown]
        yield term, [(name, guess_language(name)) for name in names]
