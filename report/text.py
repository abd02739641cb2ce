"""Text of unknown hands made safe for each language it is written into, and judged fit to read.

The one module that escapes: Markdown, HTML, JSON inside a script, CSV cells, Typst. The one module
that may call `Markup`. Knows nothing of where text comes from or goes to.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

_MARKDOWN = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
_MARKDOWN |= {ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}
_SCRIPT_JSON = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)
_MARKUP_LIKE = re.compile(r"<[A-Za-z/!?]|\{\{|\{%|\{#|--8<--|\||&#?\w+;|\]\(")
_FORMULA_START = frozenset("=+-@\t\r\n\0")


@lru_cache(maxsize=8192)
def escape_markdown(text: str) -> Markup:
    """Text that Python-Markdown with any extension shows as it is, without making an element.

    Every ASCII punctuation character and line end becomes a character reference, so nothing is left
    for Markdown, attribute lists or HTML to read; leading spaces cannot start a code block.
    """
    encoded = text.translate(_MARKDOWN)
    if encoded[:1] in {" ", "\u00a0"}:
        encoded = f"&#{ord(encoded[0])};{encoded[1:]}"
    return Markup(encoded)  # noqa: S704 - the one place that declares text safe


def escape_html(text: str) -> Markup:
    """Text safe in HTML and XML content and in quoted attributes."""
    return escape(text)


def escape_typst(text: str) -> str:
    """Text as a literal of the typesetter Typst, quotes included, in which nothing is markup.

    In a literal only a backslash and a quote mean something; spaces and line ends stay.
    """
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def trust(text: str) -> Markup:
    """Markup that this project's own templates or drawings made; never data text."""
    return Markup(text)  # noqa: S704 - see the name


def json_in_script(value: object) -> str:
    """JSON that cannot end the script element around it; refuses NaN and infinity."""
    shown = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return shown.translate(_SCRIPT_JSON)


def guard_formula(text: str) -> str:
    """A text cell for CSV that no spreadsheet takes for a formula.

    Full-width signs count as well, since spreadsheets normalise them (NFKC). For text columns only:
    numbers are proved to be numbers instead.
    """
    first = unicodedata.normalize("NFKC", text[:1])[:1]
    return f"'{text}" if first and first in _FORMULA_START else text


def find_faults(text: str) -> Iterator[tuple[int, str, str]]:
    """What makes a data text unfit: position, what was found, what to do; in order of position."""
    # Most text is printable ASCII, in which nothing is hidden and nothing mixed.
    plain = text.isascii() and text.isprintable()
    faults = [] if plain else [*_find_characters(text), *_find_mixed_words(text)]
    if (found := _MARKUP_LIKE.search(text)) is not None:
        faults.append(
            (found.start(), f"text holds {found[0]!r}, which reads as markup", "write it in words")
        )
    if not plain and text != (normal := unicodedata.normalize("NFC", text)):
        at = next(i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b)
        faults.append((at, "text is not in Unicode normal form NFC", "write it composed (NFC)"))
    if text != text.strip():
        faults.append((0, "text begins or ends with a space", "take the space away"))
    if text.count('"') % 2:  # as where the one that opens a text in YAML was forgotten
        at = text.rindex('"')
        faults.append((at, "text holds a quote without its partner", "write both, or none"))
    yield from sorted(faults)


def _find_characters(text: str) -> Iterator[tuple[int, str, str]]:
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        if category in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}:
            name = unicodedata.name(char, "control character")
            what = f"text holds U+{ord(char):04X} ({name}), which cannot be seen"
            yield at, what, "take it out"


def _find_mixed_words(text: str) -> Iterator[tuple[int, str, str]]:
    for word in re.finditer(r"[^\W\d_]+", text):
        scripts = {script for char in word[0] if (script := _script(char))}
        if len(scripts) > 1 and scripts != {"Han", "Latin"}:
            mixed = " and ".join(sorted(scripts))
            yield word.start(), f"the word {word[0]!r} mixes {mixed} letters", "write it in one"


def _script(char: str) -> str:
    """The script of a letter as far as confusion threatens; empty for the rest."""
    name = unicodedata.name(char, "")
    for start, script in (("LATIN", "Latin"), ("CYRILLIC", "Cyrillic"), ("GREEK", "Greek")):
        if name.startswith(start):
            return script
    return "Han" if name.startswith("CJK") else ""


def plain_number(text: str) -> bool:
    """Whether text is a plain decimal number, e.g. `-12.5`; `Decimal` alone takes far more."""
    return re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text) is not None


def suggest_numbers(text: str) -> list[str]:
    """The plain numbers that may have been meant, the likelier one first.

    Commas set thousands apart where each stands before three digits; one alone may be the decimal
    comma, and is where there are no thousands before it, or they are set apart by something else.
    """
    shown = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    shown = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in shown)
    shown = re.sub(r"(?<=[0-9])[ _'](?=[0-9]{3}(?![0-9]))", "", shown).removeprefix("+")
    meant = [] if "," in shown else [shown]
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", shown):
        meant.append(shown.replace(",", ""))
    if re.fullmatch(r"-?[0-9]+,[0-9]+", shown):
        meant.append(shown.replace(",", "."))
    return [number for number in map(_tidy_number, meant) if plain_number(number)]


def _tidy_number(text: str) -> str:
    """A number with a digit before its point, and no zero before other digits."""
    text = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    return re.sub(r"^(-?)0+(?=[0-9])", r"\1", text.removesuffix("."))
