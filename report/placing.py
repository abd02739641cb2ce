"""Where pages stand among the documents of an edition.

Pure. Knows kinds of pages and registers; knows no words and no addresses of a site.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.addresses import REGISTERS
from report.model import Page, PageKind, Report


def place_page(page: Page, kinds: Mapping[str, PageKind]) -> str:
    """The document of a page, e.g. `pathways/x.md`."""
    return f"{kinds[page.kind].folder}/{page.id}.md"


def list_openings(report: Report) -> list[str]:
    """The documents that open a kind of pages."""
    return [f"{kind.folder}/index.md" for kind in report.declaration.kinds]


def list_places(report: Report) -> frozenset[str]:
    """All documents that an edition may have, though it need not have all of them."""
    kinds = {kind.id: kind for kind in report.declaration.kinds}
    pages = (place_page(page, kinds) for page in report.pages)
    registers = (f"{name}.md" for name in REGISTERS)
    return frozenset(("index.md", *pages, *registers, *list_openings(report)))
