"""What composing gives: documents, the figures that they place, the navigation, and problems.

Pure. Knows what passes from composing to drawing and rendering; makes none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from report.model import FigureDeclaration
from report.navigation import Navigation
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


@dataclass(slots=True)
class Documents:
    """One edition in one language, before figures are drawn."""

    markdown: dict[str, str] = field(default_factory=dict)
    figures: dict[str, PlacedFigure] = field(default_factory=dict)
    navigation: Navigation = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
