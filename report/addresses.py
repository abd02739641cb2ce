"""Addresses within one edition's site: which document lies where, and how one links to another.

Pure. All links are relative, so that a site works below any base path.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache

REGISTERS = (
    *("measures", "claims", "constraints", "opportunities", "events", "institutions"),
    *("data", "revisions", "sources", "method", "glossary", "cite", "accessibility"),
)
"""Documents with a form of their own, in the order of the navigation."""
HANDOUTS = ("data", "figures")
"""Folders of an edition's site that hold what readers take away."""
FEED, CHANGES = "feed.xml", "changes.json"
"""Files beside the pages of each edition."""
TAKEN = frozenset((*REGISTERS, "assets", "search", "figures", "social"))
"""Folders of a site that no kind of pages may have."""


def to_address(document: str) -> str:
    """The address of a document below the site: `pathways/x.md` is at `pathways/x/`."""
    stem = document.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def relate(start: str, target: str, anchor: str = "") -> str:
    """The relative link from one document to another, e.g. `../../events/#ev0001`."""
    return relate_file(start, to_address(target)) + (f"#{anchor}" if anchor else "")


@lru_cache(maxsize=65536)
def relate_file(start: str, path: str) -> str:
    """The relative link from a document to a path below the site; folders end in a slash."""
    link = posixpath.relpath(path or ".", to_address(start) or ".")
    return link + "/" if not path or path.endswith("/") else link


def locate_figure(name: str, end: str) -> str:
    """The path of a file of a figure below the edition's site, by the end of its name."""
    return f"figures/{name}.{end}"


def locate_embed(name: str) -> str:
    """The path of the page of a figure alone, below the edition's site."""
    return f"figures/{name}/embed/"


def is_handout(name: str) -> bool:
    """Whether something in a folder of handouts is there to be taken away, and not for a page."""
    return name not in {"index.html", "index.md"} and not name.endswith(".vega.json")


def name_book(title: str, edition: str, language: str) -> str:
    """The file name of an edition's book, e.g. `wheat-and-rye-2026-en.pdf`."""
    return f"{make_slug(title)}-{edition}-{language}.pdf"


def name_letter(letter: str) -> str:
    """What stands for a letter in an address, whichever others there are; `#` is no letter.

    Letters beyond A to Z are named by their number in Unicode, as addresses hold plain ones only.
    """
    if letter == "#":
        return "other"
    plain = letter.isascii() and letter.isalpha()
    return letter.lower() if plain else "-".join(f"{ord(one):x}" for one in letter)


def make_slug(title: str) -> str:
    """A title in small letters, digits and hyphens; `report` where nothing of it is left."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "report"


def locate_book(title: str, edition: str, language: str) -> str:
    """Its path from the edition's site; the newest edition's second address holds no copy."""
    return f"../{edition}/{name_book(title, edition, language)}"
