"""Figures: a declaration and the known facts in; specs, a table, sources and notes out."""

from report.figures.build import FORMS, Figure, Order, build_figure, gather_figure
from report.figures.checks import check_figure
from report.figures.request import FigureRefused

__all__ = [
    "FORMS",
    "Figure",
    "FigureRefused",
    "Order",
    "build_figure",
    "check_figure",
    "gather_figure",
]
