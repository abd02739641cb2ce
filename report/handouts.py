"""The files of a figure that readers can take away, made where the figure is drawn.

One of the few modules that touch the outside, through the engraver of pictures. Puts together what
others make: the picture in two formats, the numbers, the drawing as a specification, the citation,
and all of them in one archive. Knows nothing of pages.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from report import theme
from report.addresses import locate_figure
from report.citations import write_bibtex, write_csl, write_ris
from report.engraving import engrave
from report.figures import Figure, Order, gather_figure
from report.figures.build import make_spec
from report.figures.canvas import WIDE
from report.figures.frames import draw_nothing
from report.figures.libraries import list_records, pd
from report.figures.numbers import list_happenings, list_numbers
from report.packets import (
    Packet,
    describe_source,
    name_figure,
    write_csv,
    write_metadata,
    write_readme,
)
from report.parcels import wrap_files
from report.pixels import COLOURS
from report.posters import MARGIN, Legend, make_poster, set_heading

SCALE = 2.0
"""Pixels for each unit of the drawing."""


def make_handouts(order: Order, figure: Figure, drawing: str) -> dict[str, bytes]:
    """All files of a figure by path below the edition's site; `drawing` is its wide compact SVG.

    Raises LetterMissing where a picture would show an empty box.
    """
    packet, spec = _gather(order, figure)
    poster = make_poster(drawing, _write_legend(packet))
    files = {
        "csv": write_csv(packet).encode(),
        "json": _write_spec(spec, packet).encode(),
        "svg": poster.encode(),
        "png": engrave(f"figure {figure.id!r}", poster, SCALE, COLOURS),
        "bib": write_bibtex(packet.work).encode(),
        "ris": write_ris(packet.work).encode(),
        "csl.json": write_csl(packet.work).encode(),
    }
    named = {f"{figure.id}.{end}": content for end, content in files.items()}
    named["metadata.json"] = write_metadata(packet).encode()
    named["README.txt"] = write_readme(packet, sorted(named)).encode()
    files["zip"] = wrap_files(
        {f"{figure.id}/{name}": content for name, content in named.items()}, packet.work.released
    )
    return {locate_figure(figure.id, end): content for end, content in files.items()}


def _gather(order: Order, figure: Figure) -> tuple[Packet, dict[str, Any]]:
    """What is told of a figure, and its drawing without the values that are withheld."""
    form, request, frame = gather_figure(
        order.declaration, order.page, order.view, order.catalogue, order.title
    )
    packet = Packet(
        order,
        name_figure(order),
        tuple(list_numbers(frame, request)),
        tuple(list_happenings(frame, request)),
        tuple(order.view.report.sources[name] for name in figure.sources),
        figure.notes,
    )
    if not packet.withheld:
        return packet, figure.specs[WIDE.name]
    held = {(number.known_on or number.series, number.period) for number in packet.withheld}
    left = _leave_out(frame, held)
    if left["exact"].notna().any():
        shown = form.draw(left, request, WIDE)
    else:
        words = order.catalogue.gettext("No value of this figure may be passed on.")
        shown = draw_nothing(request, WIDE, words)
    return packet, make_spec(shown, order.takeaway)


def _leave_out(frame: pd.DataFrame, held: Collection[tuple[str, object]]) -> pd.DataFrame:
    """The rows that may be passed on; of stacked layers only whole periods."""
    rows = list_records(frame)
    names = [{row["series"], row.get("across_series", row["series"])} for row in rows]
    lost = [
        any((name, row["period"]) in held for name in found)
        for row, found in zip(rows, names, strict=True)
    ]
    if "high" in frame.columns:
        periods = {row["period"] for row, gone in zip(rows, lost, strict=True) if gone}
        lost = [row["period"] in periods for row in rows]
    return frame[[not gone for gone in lost]].reset_index(drop=True)


# The picture and its specification.


def _write_legend(packet: Packet) -> Legend:
    """The words that are printed around a drawing."""
    order, work, say = packet.order, packet.work, packet.order.catalogue.gettext
    producers = ", ".join(dict.fromkeys(source.producer for source in packet.sources))
    about = say(
        "%(report)s, %(edition)s. It shows what was known by %(day)s.",
        report=work.container,
        edition=work.edition,
        day=order.catalogue.day(order.view.edition.cut_off),
    )
    return Legend(
        work.number,
        order.title,
        order.takeaway,
        " ".join(packet.notes),
        say("Sources: %(names)s.", names=producers) if producers else "",
        f"{about} {say('Licence: %(licence)s', licence=work.licence)}.",
        work.address,
        work.language,
    )


def _write_spec(spec: dict[str, Any], packet: Packet) -> str:
    """The drawing as Vega-Lite that stands alone: with paper, title, and what it rests on."""
    heading = set_heading(packet.order.title, packet.order.takeaway, WIDE.width)
    sides = spec["padding"]
    alone = {
        **spec,
        "background": theme.PAPER.light,
        "title": {**heading.title, "dx": -sides["left"]},
        "padding": {
            "left": sides["left"] + MARGIN,
            "right": sides["right"] + MARGIN,
            "top": sides["top"] + heading.height + 2 * MARGIN,
            "bottom": sides["bottom"] + MARGIN,
        },
        "usermeta": {
            "number": packet.work.number,
            "address": packet.work.address,
            "edition": packet.work.edition,
            "licence": packet.work.licence,
            "notes": list(packet.notes),
            "left_out": packet.left_out,
            "sources": [describe_source(source) for source in packet.sources],
        },
    }
    return json.dumps(alone, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
