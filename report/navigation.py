"""The order in which a reader finds the documents: home, each kind with its pages, the registers.

Pure. Knows which documents there can be; knows nothing of what stands in them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from report.addresses import REGISTERS
from report.languages import Catalogue
from report.model import Page, Report
from report.placing import place_page
from report.references import by_id

Navigation = list[dict[str, Any]]


def list_pages(report: Report, kind: str) -> list[Page]:
    """Pages of a kind, in their order."""
    pages = [page for page in report.pages if page.kind == kind]
    return sorted(pages, key=lambda page: (page.order, page.id))


def make_navigation(report: Report, catalogue: Catalogue, documents: Collection[str]) -> Navigation:
    """All of these documents, as the renderer wants to be told."""
    translate, kinds = catalogue.gettext, by_id(report.declaration.kinds)
    navigation: Navigation = [{translate("Home"): "index.md"}]
    for kind in report.declaration.kinds:
        pages: list[Any] = [f"{kind.folder}/index.md"]
        pages += [
            {catalogue.text(page.title): place_page(page, kinds)}
            for page in list_pages(report, kind.id)
            if place_page(page, kinds) in documents
        ]
        navigation.append({catalogue.text(kind.title): pages})
    registers = [
        {translate(name.capitalize()): f"{name}.md"}
        for name in REGISTERS
        if f"{name}.md" in documents
    ]
    if registers:
        navigation.append({translate("Evidence and method"): registers})
    return navigation
