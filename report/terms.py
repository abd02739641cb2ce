"""Words that a reader may not know, with what they mean here and what else they are called.

Pure declarations, typed and frozen. Knows how a word is spelt; knows nothing of where it is used.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import Field

from report.declaring import Id, Model, Texts

LONGEST = 300
"""Characters that a definition may have, so that it can be read beside the word."""

Spelling = Annotated[str, Field(min_length=1, max_length=60)]


class Term(Model):
    """An entry of the glossary: `data/glossary.yml`."""

    id: Id
    title: Texts
    """The word as texts use it, e.g. `drawdown`."""
    definition: Texts
    """A sentence or two."""
    forms: tuple[Spelling, ...] = ()
    """Other spellings of the word, such as a short form, by which pages know it too."""
    synonyms: tuple[Spelling, ...] = ()
    """What else it is called, or what else readers may look for, in any language."""
    source: str = ""
    """Where the definition is taken from or can be followed up; empty where it is the report's."""
    marked: bool = True
    """Whether pages mark its first use; else it only helps to find things."""


def list_spellings(term: Term) -> list[str]:
    """The word in each language in which it is given, then its forms and its synonyms."""
    titles = dict.fromkeys(words for words in term.title.values() if words)
    return [*titles, *term.forms, *term.synonyms]


def fold(text: str) -> str:
    """A spelling without what does not tell words apart: case, width and accents' composition."""
    return unicodedata.normalize("NFKC", text).casefold()


def guess_language(text: str) -> str:
    """The language of a spelling as its letters tell: `zh`, `ru`, or empty for Latin ones."""
    for letter in text:
        name = unicodedata.name(letter, "")
        if name.startswith(("CJK", "CYRILLIC")):
            return "zh" if name.startswith("CJK") else "ru"
    return ""
