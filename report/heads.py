"""What stands in each page's head for those who do not read it: previews, scholars, programs.

Pure. Knows which descriptions search engines, networks and reference managers look for, and takes
each from the page's own first words, the edition and its citation. Markup is the matter of the form
in `templates/site/`. The address is always the edition's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from report.addresses import name_book, to_address
from report.cards import HEIGHT, WIDTH
from report.citations import Work
from report.citing import HOME, Citing
from report.environment import make_environment
from report.graphs import Leaf, make_graph
from report.guides import TWIN
from report.pages import Composer
from report.sheets import Documents
from report.summaries import summarize
from report.text import json_in_script, trust
from report.works import locate_edition

FORM = "site/head.html.jinja"
IMAGES = "social/"
"""The folder of the pictures by which a page is announced elsewhere."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of one page says."""

    leaf: Leaf
    work: Work
    site: str
    """The report's short title."""
    image_text: str
    graph: str
    """JSON that may stand in a script."""


def name_image(document: str) -> str:
    """The path of a page's picture below the edition's site, e.g. `social/pathways/x.png`."""
    return f"{IMAGES}{document.removesuffix('.md')}.png"


def write_heads(
    composer: Composer, documents: Documents, files: Mapping[str, bytes]
) -> dict[str, str]:
    """The HTML of each page's head by its address; `files` lie beside the pages, by path."""
    form = make_environment(composer.templates).get_template(FORM)
    heads = {
        document: _make_head(composer, documents, document, files)
        for document in sorted(documents.markdown)
    }
    return {
        to_address(document): form.render(
            head=head,
            leaf=head.leaf,
            work=head.work,
            graph=trust(head.graph),
            scholarly=_is_scholarly(document, composer),
            edition=composer.view.edition,
            size=(WIDTH, HEIGHT),
            has_twin=f"{to_address(document)}{TWIN}" in files,
        )
        for document, head in heads.items()
    }


def make_leaf(citing: Citing, documents: Documents, document: str, image: str = "") -> Leaf:
    """A page with its summary and its place; `image` is the whole address of its picture."""
    declaration, text = citing.view.report.declaration, citing.catalogue.text
    summary = summarize(documents.markdown[document]) or text(declaration.description)
    return Leaf(document, citing.name(document), summary, _find_trail(citing, document), image)


def _make_head(
    composer: Composer, documents: Documents, document: str, files: Mapping[str, bytes]
) -> Head:
    citing, declaration = composer.parts.citing, composer.view.report.declaration
    home = locate_edition(declaration, composer.view.edition, composer.catalogue.language)
    path, short = name_image(document), composer.catalogue.text(declaration.short_title)
    leaf = make_leaf(citing, documents, document, home + path if composer.whole else "")
    if composer.whole and document == HOME:
        title = next(iter(declaration.short_title.values()), "")  # one name in all languages
        book = name_book(title, composer.view.edition.id, composer.catalogue.language)
        leaf = replace(leaf, book=home + book)
    graph = make_graph(leaf, citing, documents.markdown, files)
    return Head(
        leaf,
        citing.page(document).work,
        short,
        ", ".join(dict.fromkeys((leaf.title, short, citing.edition.work.edition))),
        json_in_script(graph),
    )


def _find_trail(citing: Citing, document: str) -> tuple[tuple[str, str], ...]:
    """The pages above a page, the first page first."""
    if document == HOME:
        return ()
    above = [(citing.catalogue.text(citing.view.report.declaration.short_title), HOME)]
    folder, _, name = document.rpartition("/")
    if folder and name != HOME:
        above.append((citing.name(f"{folder}/{HOME}"), f"{folder}/{HOME}"))
    return tuple(above)


def _is_scholarly(document: str, composer: Composer) -> bool:
    """Whether a page is a text that is read by itself: the report, or a page of its subject."""
    return document == HOME or document in composer.pages
