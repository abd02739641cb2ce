"""A new edition begun: words, figures and settings of an older one carried forward, all marked.

One of the few modules that touch the outside: what it writes appears whole or not at all. Knows
where an edition's files lie. Knows nothing of what a site looks like, or of git.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from report.composition import Settings
from report.editions import find_base, is_name, order_edition
from report.inventories import take_inventory
from report.model import Edition, Report
from report.periods import parse_period
from report.problems import UsageError
from report.reading import read_texts
from report.releases import load_editions, refuse_name
from report.reviews import mark_edition, mark_figures, mark_words
from report.writing import open_beside, sweep_parts, write_files, write_whole

FOLDERS = ("site_src/{}", "data/figures/{}")
"""Where an edition's own files lie, beside the one that declares it."""
JOURNAL = ".edition.begun"
"""Tells, while a new edition is put in its places, which these are."""


def begin_edition(settings: Settings, name: str, source: str | None) -> str:
    """Carry words, figures and settings of an edition forward into a new one; says what is left.

    Raises UsageError for a name that is none, is taken, or is older than what there is.
    """
    refuse_name(name)
    with open_beside(settings.root / "edition") as work:
        _recover(settings.root)
        report, _ = load_editions(settings)
        base = _choose_source(report, name, source)
        said = f"carried forward from {base.id}"
        words = _carry(settings.root, f"site_src/{base.id}", mark_words, said)
        figures = _carry_figures(settings.root, base.id, said)
        new = {
            path.format(name): files for path, files in zip(FOLDERS, (words, figures), strict=True)
        }
        text = mark_edition(_write_edition(name, base, settings.today), said)
        file = f"data/editions/{name}.yml"
        for path in (*new, file):
            if (settings.root / path).exists():
                raise UsageError(f"{path} is there already; take it away or choose another name")
        _place(settings.root, work, new, file, text)
    count = sum(part.count("review: ") for files in new.values() for part in files.values())
    return (
        f"{name} begins with what {base.id} says; {count + text.count('# review')} marks are to be "
        f"reviewed, which `check --edition {name}` lists"
    )


def _choose_source(report: Report, name: str, source: str | None) -> Edition:
    known = {edition.id: edition for edition in report.editions}
    if name in known:
        raise UsageError(f"the edition {name} is there already; there is {', '.join(known)}")
    if find_base(name) and find_base(name) not in known:
        raise UsageError(f"{name} revises {find_base(name)}, which is no edition")
    older = sorted(known, key=order_edition)
    if source is not None and source not in known:
        raise UsageError(f"there is no edition {source!r}; there is {', '.join(known)}")
    same = [found for found in older if find_base(name) in {found, find_base(found)} - {""}]
    chosen = source or (same or older)[-1]
    if order_edition(chosen) >= order_edition(name):
        message = f"{name} is older than {chosen}; look back by hand, as docs/decisions/ tells"
        raise UsageError(message)
    return known[chosen]


def _carry(root: Path, folder: str, mark: Callable[[str, str], str], said: str) -> dict[str, str]:
    """Texts below a folder, marked, by path below it."""
    texts = read_texts(root, folder).by_path
    return {path.removeprefix(f"{folder}/"): mark(text, said) for path, text in texts.items()}


def _carry_figures(root: Path, base: str, said: str) -> dict[str, str]:
    own = _carry(root, f"data/figures/{base}", mark_figures, said)
    shared = _carry(root, "data/figures", mark_figures, said)
    return own or {path: text for path, text in shared.items() if "/" not in path}


def _write_edition(name: str, base: Edition, today: date) -> str:
    cut_off = base.cut_off if find_base(name) else today
    lines = [f'id: "{name}"', f"cut_off: {cut_off}", f"released: {today}", "title:"]
    for language, title in base.title.items():
        lines.append(f"  {language}: {_quote(title.replace(base.id, name))}")
    if base.next_release and parse_period(base.next_release).end > today:
        lines.append(f"next_release: {_quote(base.next_release)}")
    if base.languages:
        lines.append(f"languages: [{', '.join(base.languages)}]")
    if find_base(name):
        lines += [
            *("revisions:", f"  - day: {today}", "    reason: correction"),
            *("    what: Say what was changed.", "    conclusion_changed: false"),
        ]
    return "".join(f"{line}\n" for line in lines)


def _quote(text: str) -> str:
    """A text as YAML takes it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _place(
    root: Path, work: Path, folders: Mapping[str, Mapping[str, str]], file: str, text: str
) -> None:
    """Write folders into a folder on the side, then put them in their places, the file last.

    Until then a journal tells the next run what this one, if it is killed, leaves half done.
    """
    hashes = {}
    for number, (path, files) in enumerate(folders.items()):
        write_files(work / str(number), {name: text.encode() for name, text in files.items()})
        hashes[path] = take_inventory(work / str(number)).sums
    write_whole(root / JOURNAL, json.dumps({"file": file, "folders": hashes}).encode())
    try:
        for number, (path, files) in enumerate(folders.items()):
            if files:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (work / str(number)).rename(root / path)
        write_whole(root / file, text.encode())
    finally:
        _recover(root)


def _recover(root: Path) -> None:
    """Take away what a run has put in its places that did not come to its end.

    Folders in which anything was changed since stay.
    """
    try:
        journal = json.loads((root / JOURNAL).read_bytes())
        name = PurePosixPath(journal["file"]).stem
        folders = {path.format(name): journal["folders"][path.format(name)] for path in FOLDERS}
    except (OSError, ValueError, TypeError, LookupError):
        folders, name = {}, ""
    if is_name(name) and not (root / f"data/editions/{name}.yml").exists():
        for path, files in folders.items():
            if (root / path).is_dir() and take_inventory(root / path).sums == files:
                shutil.rmtree(root / path)
    (root / JOURNAL).unlink(missing_ok=True)
    sweep_parts(root, JOURNAL)
    sweep_parts(root / "data/editions")
