"""What a change does to a report: both sides composed by today's machine, and told in three ways.

One of the few modules that touch the outside, through the others that do. Knows the order in which
things are asked for, and what is written where; holds no rule of its own about what differs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from report.checkouts import MACHINE, Checkout, count_machine, open_checkout
from report.composition import Settings, Volume, compose_report, find_figure_faults, refuse_overlap
from report.contrasts import Contrast, contrast_editions
from report.digests import write_digest
from report.drawing import clean_svg, draw_all
from report.exhibits import FORM, write_exhibit
from report.figures import Figure, FigureRefused
from report.problems import DataProblems, Place, Problem, UsageError
from report.reading import read_texts
from report.transcripts import transcribe_contrasts
from report.writing import read_stamp, stage, write_files, write_stamp

Volumes = dict[tuple[str, str], Volume]
"""Composed editions by id and language."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does, told in Markdown and as JSON."""

    digest: str
    transcript: str


def compare_sides(
    settings: Settings, old: str, new: str | None, folder: Path | None = None
) -> Comparison:
    """Compare two folders or revisions (`new` None: the working tree); write pages into a folder.

    Where the old side alone has problems, nothing can be compared, and that is what is told: it may
    be what the new side repairs, or a check that is new. Raises UsageError where a side does not
    exist, DataProblems where the new side has problems (with those of both), and WriteFailed where
    the folder cannot be written; then nothing is.
    """
    if folder is not None:
        _refuse_site(folder)
        refuse_overlap(folder.resolve(), settings, "differences are")
    with ExitStack() as stack:
        sides = [
            stack.enter_context(open_checkout(name, settings.root, settings.project))
            for name in (old, new)
        ]
        words = (sides[0].words, sides[1].words)
        before, after, faults = _compose_sides(settings, sides)
        notes = [*_name_twins(sides), *_count_machine(sides, settings)]
        notes += [] if faults else _name_editions(before, after)
        contrasts, refused = _contrast_sides(before, after, sides)
        faults = faults or refused
        transcript = transcribe_contrasts(*words, contrasts, faults)
        comparison = Comparison(
            write_digest(*words, contrasts, notes, faults),
            json.dumps(transcript, ensure_ascii=False, indent=1) + "\n",
        )
        if folder is not None:
            drawings = _draw(contrasts, settings)
            form = read_texts(settings.project, "templates").by_path[f"templates/{FORM}"]
            page = write_exhibit(words, contrasts, notes, drawings, form, faults)
            _write(folder, comparison, page)
    return comparison


def _refuse_site(folder: Path) -> None:
    """A folder that holds a site is not taken for one of differences."""
    stamp = read_stamp(folder)
    if stamp and "differences" not in stamp:
        raise UsageError(f"{folder} holds a site; name another folder for the differences")


def _write(folder: Path, comparison: Comparison, page: str) -> None:
    with stage(folder.resolve()) as staging:
        files = {
            "summary.md": comparison.digest.encode(),
            "diff.json": comparison.transcript.encode(),
            "index.html": page.encode(),
        }
        write_files(staging, files)
        write_stamp(staging, {"differences": 1})


# Both sides.


def _compose_sides(
    settings: Settings, sides: Sequence[Checkout]
) -> tuple[Volumes, Volumes, list[Problem]]:
    """All editions of both sides, and what keeps the old one from being composed.

    The problems of both are told together where the new side has any.
    """
    after, problems = _compose(settings, sides[1])
    try:
        before, faults = _compose(settings, sides[0])
    except UsageError:  # it has no such edition or language, which the new side has
        before, faults = {}, []
    if problems:
        raise DataProblems([*faults, *problems])
    return before, after, faults


def _compose(settings: Settings, side: Checkout) -> tuple[Volumes, list[Problem]]:
    try:
        found = compose_report(replace(settings, root=side.root), allow_marks=True)[1]
    except DataProblems as error:
        return {}, [_name_side(problem, side) for problem in error.problems]
    return {(v.edition.id, v.language): v for v in found}, []


def _name_twins(sides: Sequence[Checkout]) -> list[str]:
    """Folders that have the name of a revision."""
    twins = dict.fromkeys(side.name for side in sides if side.is_twin)
    what = "both a folder and a revision; the folder is compared"
    return [f"{name} is {what}. For the revision write the hash of its commit." for name in twins]


def _count_machine(sides: Sequence[Checkout], settings: Settings) -> list[str]:
    """How much of the machine differs between two revisions, which is not seen here."""
    count = count_machine(sides[0], sides[1], settings.project)
    if not count:
        return []
    files = "1 file" if count == 1 else f"{count:,} files"
    changed = f"{files} of the machine ({', '.join(MACHINE)}) changed as well."
    why = "Both sides are composed by today's machine"
    return [f"{changed} {why}, so what that does to numbers, words and drawings is not shown here."]


def _name_side(problem: Problem, side: Checkout) -> Problem:
    """A problem at its place on its side, as git writes places in revisions."""
    prefix = f"{side.name}:" if side.name else ""
    place = Place(f"{prefix}{problem.place.file}", problem.place.line, problem.place.column)
    return replace(problem, place=place)


def _contrast_sides(
    before: Volumes, after: Volumes, sides: Sequence[Checkout]
) -> tuple[list[Contrast], list[Problem]]:
    """What differs in each edition that both have, or what the old side's figures lack."""
    try:
        return [
            contrast_editions(before[key].composer, after[key].composer)
            for key in after
            if key in before
        ], []
    except FigureRefused as error:
        faults, problems = (
            [_name_side(problem, side) for problem in find_figure_faults(volumes.values())]
            for volumes, side in zip((before, after), sides, strict=True)
        )
        if problems:
            raise DataProblems([*faults, *problems]) from None
        if not faults:
            raise UsageError(f"a figure cannot be made: {error}") from None
        return [], faults


def _name_editions(before: Volumes, after: Volumes) -> list[str]:
    """Editions that only one side has."""
    notes = []
    for edition, language in sorted(before.keys() ^ after.keys()):
        is_new = (edition, language) in after
        what = "is new and compared with nothing" if is_new else "is gone"
        notes.append(f"Edition {edition} ({language}) {what}.")
    return notes


# Drawings.


def _draw(contrasts: Sequence[Contrast], settings: Settings) -> dict[tuple[str, str, str], str]:
    """The wide drawing of each figure that differs, on each side that has it."""
    kept = settings.cache / "drawings" if settings.cache else None
    return {
        (contrast.edition, figure.id, side): _draw_figure(
            found, f"{side}-{contrast.edition}-{contrast.language}-{figure.id}", kept
        )
        for contrast in contrasts
        for figure in contrast.figures
        for side, found in (("old", figure.old), ("new", figure.new))
        if found is not None
    }


def _draw_figure(figure: Figure, name: str, kept: Path | None) -> str:
    svg = draw_all({"wide": figure.specs["wide"]}, kept)["wide"]
    return clean_svg(svg, name, figure.title, figure.takeaway)
