"""How a work of the report is cited: in a sentence, in BibTeX, in RIS and in CSL-JSON.

Pure. Knows what each of these languages takes for a sign of its own, and what a language writes in
a sentence. Knows nothing of pages, figures or files: a work is handed in whole. The author is the
publisher, never a person. The day of reading is the reader's to add: a page does not know it.

BibTeX: Patashnik, BibTeXing (1988). RIS: the tags of Reference Manager, as Zotero and EndNote read
them. CSL-JSON: the schema of CSL 1.0.2.
"""

from __future__ import annotations

import json
import re
import unicodedata
import urllib.parse
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from babel import Locale

from report.languages import Catalogue

WorkKind = Literal["figure", "page", "edition", "dataset"]

_BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        # BibTeX counts braces even after a backslash, so one without its fellow is named.
        "{": r"{\lbrace}",
        "}": r"{\rbrace}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
_LIGATURES = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)")
"""Between signs that TeX would draw together to another, e.g. two hyphens to a dash."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RIS_TYPES: dict[WorkKind, str] = {
    "figure": "FIGURE",
    "page": "ELEC",
    "edition": "RPRT",
    "dataset": "DATA",
}
_CSL_TYPES: dict[WorkKind, str] = {
    "figure": "graphic",
    "page": "webpage",
    "edition": "report",
    "dataset": "dataset",
}
_ENDS = (".", "?", "!", "…", *"\u3002\uff1f\uff01")
"""Signs after which a sentence needs no full stop; the last three are Chinese characters' own."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited, in words of one language; all texts are plain, none is markup."""

    kind: WorkKind
    title: str
    """Of a figure: its finding. Of an edition: the title of the report."""
    address: str
    """Whole and of the edition itself, never of the newest one: a cited page must not change."""
    edition: str
    """The edition's title, e.g. `2026 edition`."""
    publisher: str
    released: date
    licence: str
    container: str = ""
    """The title of the report that the work is a part of; empty for the report itself."""
    number: str = ""
    """Its number within the edition, in words, e.g. `Figure 12`."""
    version: str = ""
    language: str = "en"


def name_work(work: Work) -> str:
    """The key by which bibliographies refer to a work: its address in letters, digits, hyphens.

    Works at different addresses of one site have different keys.
    """
    address = urllib.parse.urlsplit(work.address)
    host = address.netloc.split(".")[0]
    words = re.findall(r"[A-Za-z0-9]+", f"{host} {address.path} {address.fragment}")
    return "-".join(words).lower() or "work"


def cite_plainly(work: Work, catalogue: Catalogue) -> str:
    """A sentence or two that name the work; the address stands last, so that it can be copied."""
    say = catalogue.gettext
    parts = [
        say(
            "%(publisher)s (%(year)s): %(title)s",
            publisher=_flatten(work.publisher),
            year=work.released.year,
            title=_flatten(work.title),
        )
    ]
    edition, container, number = (
        _flatten(text) for text in (work.edition, work.container, work.number)
    )
    if container and number:
        words = "%(number)s in: %(report)s, %(edition)s"
        parts.append(say(words, number=number, report=container, edition=edition))
    elif container:
        parts.append(say("In: %(report)s, %(edition)s", report=container, edition=edition))
    else:
        parts.append(edition)
    if work.version:
        parts.append(say("Version %(version)s", version=_flatten(work.version)))
    parts.append(say("Released on %(day)s", day=catalogue.day(work.released)))
    parts.append(say("Licence: %(licence)s", licence=_flatten(work.licence)))
    closed = (part if part.endswith(_ENDS) else f"{part}." for part in parts if part)
    return " ".join([*closed, _write_address(work.address)])


def write_bibtex(work: Work) -> str:
    """One `@misc` entry, which every style knows; titles and names keep their letters' case."""
    where = ", ".join(text for text in (work.container, work.edition) if text)
    fields = {
        "author": f"{{{_escape_bibtex(work.publisher)}}}",
        "title": f"{{{_escape_bibtex(work.title)}}}",
        "howpublished": f"{{{_escape_bibtex(where)}}}",
        "publisher": f"{{{_escape_bibtex(work.publisher)}}}",
        "year": str(work.released.year),
        "number": _escape_bibtex(work.number),
        "version": _escape_bibtex(work.version),
        "copyright": _escape_bibtex(work.licence),
        "langid": _name_language(work.language),
        "url": _write_address(work.address),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.append(f"  month = {_MONTHS[work.released.month - 1]},")
    return "\n".join([f"@misc{{{name_work(work)},", *lines, "}", ""])


def write_ris(work: Work) -> str:
    """One reference in RIS, with the line ends that it wants (CR and LF)."""
    fields = [
        ("TY", _RIS_TYPES[work.kind]),
        # A comma at the end says that the name is whole: no first name, no last name.
        ("AU", f"{work.publisher},"),
        ("TI", work.title),
        ("T2", work.container),
        ("ET", work.edition),
        ("M1", work.number),
        ("VL", work.version),
        ("PB", work.publisher),
        ("PY", str(work.released.year)),
        ("DA", f"{work.released:%Y/%m/%d}/"),
        ("LA", work.language),
        ("C1", work.licence),
        ("UR", _write_address(work.address)),
        ("ID", name_work(work)),
    ]
    lines = [f"{tag}  - {shown}" for tag, text in fields if (shown := _flatten(text))]
    return "\r\n".join([*lines, "ER  - ", ""])


def list_csl(work: Work) -> dict[str, Any]:
    """The work as an item of CSL-JSON, from which citation programs write any style."""
    day = work.released
    item = {
        "id": name_work(work),
        "type": _CSL_TYPES[work.kind],
        "title": _flatten(work.title),
        "author": [{"literal": _flatten(work.publisher)}],
        "container-title": _flatten(work.container),
        "edition": _flatten(work.edition),
        "number": _flatten(work.number),
        "version": _flatten(work.version),
        "publisher": _flatten(work.publisher),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": work.language,
        "note": _flatten(work.licence),
        "URL": _write_address(work.address),
    }
    return {name: value for name, value in item.items() if value}


def write_csl(*works: Work) -> str:
    """A CSL-JSON file: a list of items."""
    items = [list_csl(work) for work in works]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _flatten(text: str) -> str:
    """Text in one line, without characters that cannot be seen or stored."""
    kept = (
        char for char in text if char.isspace() or unicodedata.category(char) not in {"Cc", "Cs"}
    )
    return " ".join("".join(kept).split())


def _escape_bibtex(text: str) -> str:
    """Text in which LaTeX and BibTeX read nothing of their own; letters of Unicode stay."""
    return _LIGATURES.sub("{}", _flatten(text).translate(_BIBTEX))


def _name_language(language: str) -> str:
    """A language as BibTeX's styles and packages call it: in English and small letters."""
    return (Locale.parse(language).get_language_name("en") or "").lower()


def _write_address(address: str) -> str:
    """An address that is a plain one for each of these languages: ASCII, no braces, no spaces."""
    return urllib.parse.quote(address, safe="/:?#[]@!$&'()*+,;=%-._")
