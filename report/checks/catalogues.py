"""Catalogues of translations can be read, and fill in what the words they translate fill in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from babel.messages.pofile import PoFileError, read_po

from report.problems import Place, Problem

_LINE = re.compile(
    r"""\s*(?:\#.*|(?:(?:msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"\s*)?"""
)
_FILLED = re.compile(r"%(?:\((\w+)\)[sd]|.?)", re.DOTALL)


def check_catalogue(file: str, text: str, language: str) -> Iterator[Problem]:
    """A problem for what cannot be read, and for each translation that fills in other values."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line):
            what = "the line is neither a keyword with a text in quotes, nor a text, nor a comment"
            yield Problem(Place(file, number), "E514", what, 'write, for instance, msgstr "…"')
            return
    try:
        catalogue = read_po(io.BytesIO(text.encode()), locale=language, abort_invalid=True)
    except PoFileError as error:
        what = f"the catalogue cannot be read: {str(error).rsplit(' on ', 1)[0]}"
        yield Problem(Place(file, error.lineno + 1), "E514", what, "correct the line")
        return
    except (ValueError, LookupError, TypeError) as error:
        what = f"the catalogue cannot be read: {error}"
        yield Problem(Place(file), "E514", what, "correct it, or make it anew from report.pot")
        return
    for message in catalogue:
        if not message.id or not message.string or message.fuzzy:
            continue
        wanted, given = (_list_filled(str(words)) for words in (message.id, message.string))
        if wanted != given:
            what = f"the translation of {message.id!r} fills in {_name(given)}"
            yield Problem(Place(file, message.lineno or 1), "E514", what, f"write {_name(wanted)}")


def _list_filled(words: str) -> set[str]:
    """The places that words fill in; a sign that fills in nothing stands for itself."""
    return {found[0] for found in _FILLED.finditer(words) if found[0] != "%%"}


def _name(filled: set[str]) -> str:
    return ", ".join(sorted(filled)) or "nothing"
