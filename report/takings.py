"""What a reader can take of a figure, as its menu offers it: files, code, a citation.

Pure. Knows addresses and sizes of files that were made elsewhere. All of them lie with the edition,
also those that the pages of the newest edition's second address lead to: what is taken away is
cited, and so has one address that stays.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from report.addresses import locate_embed, locate_figure, relate_file
from report.citations import cite_plainly
from report.figures import Order
from report.packets import name_figure, say_withheld
from report.schemas import WITHHELD
from report.text import escape_html
from report.works import locate_edition

_HEIGHT = re.compile(r'viewBox="[0-9.]+ [0-9.]+ [0-9.]+ ([0-9.]+)"')
CITATIONS = (("bib", "BibTeX"), ("ris", "RIS"), ("csl.json", "CSL-JSON"))
WORDS_HEIGHT = 470
"""Room for title, takeaway, notes and sources beside the drawing of an embedded figure, in pixels.

In a column of 700 pixels all are seen at once; in a narrower one the page within scrolls."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file with the words that say what it is, its address from the page, and its size."""

    format: str
    words: str
    href: str
    size: str


@dataclass(frozen=True, slots=True)
class Taking:
    """All that the menu of a figure shows."""

    files: tuple[Offer, ...]
    citations: tuple[Offer, ...]
    address: str
    """The figure's own, whole."""
    plain: str
    """Its citation in words."""
    embed: str
    """HTML to copy into another page."""
    embed_page: str
    """The address of the page that is embedded, from the figure's page."""
    snippet: str
    """A line of Python that loads the numbers."""
    withheld: str
    """What the files leave out; empty where nothing is."""


def list_takings(order: Order, files: Mapping[str, bytes], drawings: Mapping[str, str]) -> Taking:
    """The menu of a figure; `files` are its own by path, `drawings` its SVG by size."""
    name, catalogue, say = order.declaration.id, order.catalogue, order.catalogue.gettext
    edition = order.view.edition
    home = locate_edition(order.view.report.declaration, edition, catalogue.language)
    work = name_figure(order)

    def offer(end: str, shown: str, words: str = "") -> Offer:
        path = locate_figure(name, end)
        size = catalogue.size(len(files[path]))
        return Offer(shown, words, _relate(order, path), size)

    rows = list(csv.DictReader(io.StringIO(files[locate_figure(name, "csv")].decode())))
    held = sum(row.get("status") == WITHHELD for row in rows)
    page = locate_embed(name)
    return Taking(
        files=(
            offer("png", "PNG", say("the picture")),
            offer("svg", "SVG", say("the picture, to be scaled")),
            offer("csv", "CSV", say("the values")),
            offer("json", "JSON", say("the drawing as Vega-Lite, with its data")),
            offer("zip", "ZIP", say("all of these with a description and the citation")),
        ),
        citations=tuple(offer(end, shown) for end, shown in CITATIONS),
        address=work.address,
        plain=cite_plainly(work, catalogue),
        embed=_write_embed(home + page, order.title, drawings),
        embed_page=_relate(order, page),
        snippet=f'import pandas as pd; data = pd.read_csv("{home}{locate_figure(name, "csv")}")',
        withheld=say_withheld(held, len(rows), catalogue),
    )


def _relate(order: Order, path: str) -> str:
    return relate_file(order.document, f"../{order.view.edition.id}/{path}")


def _write_embed(address: str, title: str, drawings: Mapping[str, str]) -> str:
    found = _HEIGHT.search(drawings["wide"])
    height = float(found[1]) if found else 0
    return (
        f'<iframe src="{escape_html(address)}" title="{escape_html(title)}" '
        f'width="100%" height="{round(height) + WORDS_HEIGHT}" loading="lazy"></iframe>'
    )
