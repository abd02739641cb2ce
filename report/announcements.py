"""The picture by which each page of an edition is announced: its first figure, with its finding.

Pure: documents and the HTML of their figures in, pictures as SVG out. Knows which figure of a page
speaks for it, and what is said where a page has none. How a picture looks is the cards' matter.
"""

from __future__ import annotations

from collections.abc import Mapping

from report.cards import LEGIBLE, Caption, Layout, lay_out, make_card, read_drawings
from report.citing import HOME
from report.heads import make_leaf, name_image
from report.pages import Composer
from report.sheets import Documents
from report.summaries import shorten

LONGEST, SHORTER = 220, 190
"""Letters that a card has room for without a drawing, and above numbers."""
MOST_NUMBERS = 3


def announce_pages(
    composer: Composer, documents: Documents, plates: Mapping[str, str]
) -> dict[str, str]:
    """A picture for each page by its path below the edition's site.

    `plates` holds the HTML of each figure by its id.
    """
    return {
        name_image(document): _announce(composer, documents, document, plates)
        for document in sorted(documents.markdown)
    }


def _announce(
    composer: Composer, documents: Documents, document: str, plates: Mapping[str, str]
) -> str:
    citing, text = composer.parts.citing, composer.catalogue.text
    declaration = composer.view.report.declaration
    leaf = make_leaf(citing, documents, document)
    name, layout = choose_figure(documents, document, plates)
    home = document == HOME
    finding = shorten(leaf.summary, SHORTER if home else LONGEST)
    if layout is not None:
        finding = documents.figures[name].title
    numbers = composer.parts.tiles("home") if home and layout is None else []
    caption = Caption(
        text(declaration.short_title),
        citing.edition.work.edition,
        "" if home else leaf.title,
        finding,
        declaration.url.removeprefix("https://").removesuffix("/"),
        tuple((tile.value, f"{tile.title}, {tile.period}") for tile in numbers[:MOST_NUMBERS]),
    )
    return make_card(caption, layout)


def choose_figure(
    documents: Documents, document: str, plates: Mapping[str, str]
) -> tuple[str, Layout | None]:
    """The first figure of a page that can be read on a card, else the most legible, and its place.

    An empty id and None for a page without figures.
    """
    found = [
        (name, layout)
        for name, figure in documents.figures.items()
        if figure.document == document and (layout := lay_out(read_drawings(plates[name])))
    ]
    for name, layout in found:
        if layout.scale >= LEGIBLE:
            return name, layout
    return max(found, key=lambda one: one[1].scale) if found else ("", None)
