"""A share of an edition's documents, which is composed apart from the others.

Pure. Knows which documents take long because they list everything, and what there is to be handed
over of them. Where anything is wrong with them nothing is: then all documents are composed in one
order, and what is wrong is told in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from report.pages import Composer
from report.sheets import Documents, Share

APART = ("data.md", "sources.md")
"""The registers of all values and of where they come from."""
Made = tuple[Share, Mapping[str, bytes]] | None
"""A share, and the data to be taken away, which a register of it has to measure."""


def has_share(composer: Composer) -> bool:
    """Whether there is any document that takes long."""
    return not composer.known.isdisjoint(APART)


def make_share(composer: Composer) -> Made:
    """The documents that take long; None where something is wrong with them."""
    composer.compose_some(document for document in APART if document in composer.known)
    result = composer.result
    if result.problems or composer.words.problems:
        return None
    files = composer.parts.downloads.files if composer.whole else {}
    return Share(result.markdown, result.figures), files


def compose_shared(composer: Composer, take: Callable[[], Made]) -> Documents:
    """All documents, those that take long as they were made elsewhere."""

    def take_share() -> Share | None:
        made = take()
        if made is None:
            return None
        share, files = made
        if files:
            composer.parts.downloads.take(files)
        return share

    return composer.compose(APART, take_share)
