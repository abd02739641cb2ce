"""A figure as a page of its own, to be shown within other pages.

Pure. Knows the form of such a page and what it is told. It belongs to one edition and never
changes; it loads the edition's own styles and fonts, and no script.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment

from report.addresses import locate_embed, to_address
from report.figures import Figure, Order
from report.packets import name_figure
from report.policies import add_policy
from report.text import trust

FORM = "site/embed.html.jinja"
STYLES = ("assets/fonts.css", "assets/figures-system.css", "assets/embed.css")


def write_embed(
    environment: Environment, order: Order, figure: Figure, drawings: Mapping[str, str]
) -> dict[str, bytes]:
    """The page by its path below the edition's site; `drawings` are clean SVG by size."""
    known = order.view.report.sources
    page = locate_embed(figure.id)
    up = "../" * page.count("/")
    context = {
        "figure": figure,
        "work": name_figure(order),
        "title": order.title,
        "takeaway": order.takeaway,
        "notes": figure.notes,
        "producers": list(dict.fromkeys(known[name].producer for name in figure.sources)),
        "styles": [f"{up}{style}" for style in STYLES],
        "icon": f"{up}assets/favicon.svg",
        "home": f"{up}{to_address(order.document)}#figure-{figure.id}",
        "cut_off": order.catalogue.day(order.view.edition.cut_off),
        **{size: trust(svg) for size, svg in drawings.items()},
    }
    text = environment.get_template(FORM).render(context).strip() + "\n"
    return {f"{page}index.html": add_policy(text).encode()}
