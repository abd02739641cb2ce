"""What composing gives: documents, the figures that they place, the navigation, and problems.

Pure. Knows what passes from composing to drawing and rendering; makes none of it but the numbers of
figures, which hang on all documents together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from report.model import FigureDeclaration
from report.navigation import Navigation
from report.numbering import fill_numbers, list_in_order, number_figures
from report.problems import Problem


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure that a document places, with its words rendered to plain text."""

    declaration: FigureDeclaration
    page: str
    document: str
    title: str
    takeaway: str
    notes: str
    number: str = ""
    """Such as `3.2`, once all documents are there."""


@dataclass(frozen=True, slots=True)
class Share:
    """Documents that were composed apart from the others, with the figures that they place."""

    markdown: Mapping[str, str]
    figures: Mapping[str, PlacedFigure]


Take = Callable[[], Share | None]
"""Gives a share, or nothing where it is not to be had."""


@dataclass(slots=True)
class Documents:
    """One edition in one language, before figures are drawn."""

    markdown: dict[str, str] = field(default_factory=dict)
    figures: dict[str, PlacedFigure] = field(default_factory=dict)
    navigation: Navigation = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add_share(self, share: Share | None, order: Sequence[str]) -> bool:
        """Put a share among the documents, as if all had been composed in one order.

        False, and nothing is put, where there is none, or where it places what others place.
        """
        if share is None or self.figures.keys() & share.figures.keys():
            return False
        place = {document: at for at, document in enumerate(order)}
        markdown, figures = {**self.markdown, **share.markdown}, {**self.figures, **share.figures}
        self.markdown = dict(sorted(markdown.items(), key=lambda one: place[one[0]]))
        self.figures = dict(sorted(figures.items(), key=lambda one: place[one[1].document]))
        return True


def number_all(documents: Documents, name_number: Callable[[str], str]) -> None:
    """Give each figure its number, also wherever a document speaks of it.

    `name_number` says what a figure of a number is called, e.g. `Figure 3.2`, fit for Markdown.
    """
    placed = [(name, figure.document) for name, figure in documents.figures.items()]
    numbers = number_figures(list_in_order(documents.navigation), placed)
    for name, number in numbers.items():
        documents.figures[name] = replace(documents.figures[name], number=number)
    labels = {name: name_number(number) for name, number in numbers.items()}
    for document, text in documents.markdown.items():
        documents.markdown[document] = fill_numbers(text, labels)
