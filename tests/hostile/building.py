"""Builds the armed report and its harmless twin, each whole, one after the other in one process.

The reader's guard against markup is switched off here alone: what it keeps out is tested elsewhere,
and what it would let through must still be harmless on every page and in every file.

`python -m tests.hostile.building FOLDER` writes FOLDER/armed and FOLDER/harmless.
"""

from __future__ import annotations

import re
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import report.checks.prose
import report.checks.texts
import report.engraving
from report.build import build_site
from report.composition import Settings
from report.drawing import draw_png
from report.renderer import Renderer
from report.workshop import Workshop
from tests.examples import PROJECT, SECOND, TODAY
from tests.hostile.arsenal import ACTIVE, QUIET, READ, arm, disarm
from tests.hostile.reports import MORE, Replace, Spot, fill_data

EDITION = "2026"
TEMPLATED = {f"FigureDeclaration.{name}" for name in ("title", "takeaway", "notes")}
"""Fields that hold expressions, which are kept."""
ROOMS = {
    "ReportDeclaration.short_title": 120,
    "Term.definition": 300,
    "FigureDeclaration.labels": 200,
}
"""Fields that a check or a file's name keeps short, with the characters that they may have."""

UNSEEN = {"Event.parties"}
"""Fields whose text is taken apart before it is shown."""
FEW = 4
"""Pieces in a text of a field that has all of them in its first text."""


def arm_spot(spot: Spot, text: str) -> str:
    """The armed text of a place."""
    pieces: tuple[str, ...] = (*ACTIVE, *QUIET)
    if spot.name in TEMPLATED | {"Tile.title"}:
        pieces = tuple(p for p in pieces if not any(mark in p for mark in READ))
    if spot.name == "Unit.pattern":
        pieces = tuple(p for p in pieces if "%" not in p)  # it tells what may be added up
        return f"{text} {arm('', len(spot.at), pieces, 90)}"
    turn = sum(map(ord, spot.name + text))
    if spot.turn:
        turned = [*pieces, *pieces][turn % len(pieces) :]
        pieces = tuple(turned[:FEW])
    return arm(text, turn, pieces, spot.room or ROOMS.get(spot.name, 0))


def disarm_spot(spot: Spot, text: str) -> str:
    """Its harmless twin; expressions are kept."""
    armed = arm_spot(spot, text)
    if spot.name == "Unit.pattern":
        return text + disarm(armed.removeprefix(text))
    if spot.name in TEMPLATED and text:
        before, found, after = armed.partition(text)
        return f"{disarm(before)}{found}{disarm(after)}"
    return disarm(armed)


def list_pairs() -> list[tuple[str, str]]:
    """Each armed text with its twin, spaces as pages have them; templates are left out."""
    pairs: dict[str, str] = {}

    def note(spot: Spot, text: str) -> str:
        armed, twin = arm_spot(spot, text), disarm_spot(spot, text)
        if spot.name not in TEMPLATED and spot.name not in {"Unit.pattern", *UNSEEN}:
            pairs[" ".join(armed.split())] = " ".join(twin.split())
        return armed

    fill_data(note)
    return list(pairs.items())


def write_report(folder: Path, replace: Replace) -> None:
    """A report folder whose texts are replaced."""
    for source in (SECOND, MORE):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    texts, _ = fill_data(replace)
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")


def draw_small(svg: str, scale: float) -> bytes:
    """A picture with a ninth of the pixels."""
    return draw_png(svg, scale / 3)


def build_reports(folder: Path) -> None:
    """Both sites, and the reports that they are made from."""
    setattr(report.checks.texts, "find_faults", lambda _: iter(()))  # noqa: B010 - see above
    for rule in ("_ACTIVE", "_CODE"):
        setattr(report.checks.prose, rule, re.compile("(?!)"))
    setattr(report.engraving, "draw_png", draw_small)  # noqa: B010 - no test looks at pixels
    with ExitStack() as stack:
        workshop = stack.enter_context(Workshop(1))
        renderer = stack.enter_context(Renderer("mkdocs"))
        for name, replace in (("armed", arm_spot), ("harmless", disarm_spot)):
            root = folder / f"{name}-report"
            write_report(root, replace)
            settings = Settings(
                root=root,
                project=PROJECT,
                site_dir=folder / name,
                today=TODAY,
                edition=EDITION,
                jobs=1,
                use_cache=False,
            )
            build_site(settings, workshop, renderer=renderer)


if __name__ == "__main__":
    build_reports(Path(sys.argv[1]).resolve())
