"""Addresses within one edition's site: which document lies where, and how one links to another.

Pure. All links are relative, so that a site works below any base path.
"""

from __future__ import annotations

import posixpath

REGISTERS = (
    *("measures", "claims", "constraints", "opportunities", "events", "institutions"),
    *("data", "revisions", "sources", "method", "glossary", "cite", "accessibility"),
)
"""Documents with a form of their own, in the order of the navigation."""
FEED, CHANGES = "feed.xml", "changes.json"
"""Files beside the pages of each edition."""
TAKEN = frozenset((*REGISTERS, "assets", "search", "figures"))
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


def relate_file(start: str, path: str) -> str:
    """The relative link from a document to a path below the site; folders end in a slash."""
    link = posixpath.relpath(path or ".", to_address(start) or ".")
    return link + "/" if not path or path.endswith("/") else link
