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


def make_share(composer: Composer) -> Made:
    """The documents that take long; None where there are none, or something is wrong with them."""
    apart = [document for document in APART if document in composer.known]
    composer.compose_some(apart)
    result = composer.result
    if not apart or result.problems or composer.words.problems or len(result.markdown) < len(apart):
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
