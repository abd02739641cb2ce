"""Editions frozen, rebuilt elsewhere and listed: manifests written, and builds on the side.

One of the few modules that touch the outside, through the others that do. Knows where an edition's
files lie and that what is written appears whole or not at all. Knows nothing of git or publishing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from report.build import INPUTS, build_site
from report.composition import Settings, Volume, compose_report
from report.editions import explain_name, find_release, is_name, order_edition
from report.freezing import hold_report, list_facts, list_rows
from report.inventories import take_inventory
from report.manifests import (
    Manifest,
    compare_hashes,
    hash_words,
    name_manifest,
    parse_manifests,
    read_manifest,
    write_manifest,
)
from report.model import Edition, Report
from report.problems import DataProblems, Place, Problem, UsageError, WriteFailed
from report.reading import list_inputs, read_manifests, read_texts
from report.scratch import open_scratch
from report.siblings import describe_edition, list_languages, list_offers
from report.writing import explain, sweep_parts, write_whole

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "20171231"}
"""Where a rebuild takes place: another zone, language and order of hashing than anybody's."""
FORMS = (
    "templates",
    "site_src/assets",
    "site_src/scripts",
    "report",
    "mkdocs.yml",
    "requirements.txt",
    "package-lock.json",
)
TOLD = 20


# Frozen.


def freeze_edition(settings: Settings, name: str) -> str:
    """Build an edition in all its languages and write down what it is made from and what comes out.

    A frozen edition is frozen again only where it declares a revision more than before. What cannot
    be rebuilt elsewhere under its own manifest, to the same bytes, is not frozen.
    """
    refuse_name(name)
    sweep_parts(settings.root / "data/editions")
    report, volumes = compose_report(replace(settings, edition=name))
    manifest = read_frozen(settings.root, name)
    edition = next(edition for edition in report.editions if edition.id == name)
    if manifest is not None and manifest.revision == len(edition.revisions):
        return f"{name} is frozen already; to change it, declare a revision in its file"
    with build_aside(settings, name) as outputs:
        frozen = Manifest(
            name,
            len(edition.revisions),
            list_facts(volumes[0].composer.view),
            hash_words(name, volumes[0].composer.templates),
            _hash_forms(settings),
            hash_outputs(outputs, name),
            list_rows(volumes[0].composer.view),
            {volume.language: _list_offers(volume) for volume in volumes},
        )
    _compare(settings, frozen)
    write_whole(settings.root / name_manifest(name), write_manifest(frozen).encode())
    return (
        f"{name} is frozen: {len(frozen.facts):,} facts, {len(frozen.words)} files of words, "
        f"{len(frozen.outputs)} files of the site"
    )


def _list_offers(volume: Volume) -> list[dict[str, Any]]:
    """The older editions that a volume's pages lead to."""
    composer = volume.composer
    return list_offers(composer.view.report, volume.edition, composer.catalogue, composer.templates)


def read_frozen(root: Path, name: str) -> Manifest | None:
    """The manifest of an edition, whether or not it still holds; None where there is none."""
    text = read_manifests(root).by_path.get(name_manifest(name))
    try:
        return None if text is None else read_manifest(text, name)
    except ValueError as error:
        what, remedy = f"no manifest: {error}", "restore the file from the repository's history"
        raise DataProblems([Problem(Place(name_manifest(name)), "E552", what, remedy)]) from None


@contextlib.contextmanager
def build_aside(settings: Settings, name: str) -> Iterator[Path]:
    """A site of one edition, built in a folder that is gone afterwards."""
    with open_scratch() as folder:
        site = folder / "site"
        build_site(replace(settings, edition=name, language=None, site_dir=site))
        yield site


def hash_outputs(site: Path, name: str) -> dict[str, str]:
    """A hash of each file of an edition, by path without the edition's name."""
    middle = f"/{name}/"
    return {
        path.replace(middle, "/", 1): found
        for path, found in take_inventory(site).sums.items()
        if middle in path and path.count("/", 0, path.index(middle)) == 0
    }


def _hash_forms(settings: Settings) -> dict[str, str]:
    found = {}
    for folder in dict.fromkeys([settings.project, settings.root]):
        for part in FORMS:
            for path in list_inputs(folder / part):
                content = path.read_bytes()
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


# Rebuilt.


def verify_editions(settings: Settings, name: str | None) -> str:
    """Rebuild frozen editions elsewhere and compare; raises DataProblems with what differs."""
    if name is not None:
        refuse_name(name)
    report, manifests = load_editions(settings)
    known = [edition.id for edition in report.editions]
    if name is not None:
        asked, name = name, find_release(name, {e.id: len(e.revisions) for e in report.editions})
        if not name:
            raise UsageError(f"there is no edition {asked!r}; there is {', '.join(known)}")
    wanted = [name] if name is not None else [one for one in known if one in manifests]
    if name is not None and name not in manifests:
        raise UsageError(f"{name} is not frozen; `edition freeze {name}` does that")
    if not wanted:
        return "no edition is frozen"
    for one in wanted:
        compose_report(replace(settings, edition=one, language=None))  # tells changed inputs first
        _compare(settings, manifests[one])
    files = sum(len(manifests[one].outputs) for one in wanted)
    return (
        f"{', '.join(wanted)}: rebuilt elsewhere, and all {files:,} files are as they were frozen"
    )


def _compare(settings: Settings, manifest: Manifest) -> None:
    with _rebuild(settings, manifest) as site:
        found = compare_hashes(manifest.outputs, hash_outputs(site, manifest.edition))
    if found.is_none:
        return
    forms = compare_hashes(manifest.forms, _hash_forms(settings))
    why = [*forms.changed, *forms.added, *forms.removed]
    cause = f"since then {', '.join(why[:3])} {'…' if why[3:] else ''} changed" if why else (
        "facts, words and forms are as they were, so look at the older editions, with which it "
        "is compared, and at the renderer and its libraries on this machine"
    )  # fmt: skip
    remedy = f"build from the commit that froze it; {cause}"
    said = {"differs": found.changed, "is missing": found.removed, "is new": found.added}
    raise DataProblems(
        Problem(Place(name_manifest(manifest.edition)), "E553", f"{path} {became}", remedy)
        for became, paths in said.items()
        for path in paths
    )


@contextlib.contextmanager
def _rebuild(settings: Settings, manifest: Manifest) -> Iterator[Path]:
    """The edition built by another process, from a copy in another folder, without any cache.

    In the copy it is frozen by this manifest.
    """
    name = manifest.edition
    with open_scratch() as folder:
        root, site = folder / "copy" / "of it", folder / "site"
        try:
            root.mkdir(parents=True)
            for part in INPUTS[:3]:
                if (settings.root / part).is_dir():
                    shutil.copytree(settings.root / part, root / part)
        except OSError as error:
            raise explain(error, root) from error
        write_whole(root / name_manifest(name), write_manifest(manifest).encode())
        noon = datetime.combine(settings.today, time(12), ZoneInfo("UTC"))
        command = [sys.executable, str(settings.project / "build.py"), "site", "--no-cache"]
        command += ["--root", str(root), "--site-dir", str(site), "--edition", name]
        command += ["--renderer", settings.renderer]
        environment = {**os.environ, **ELSEWHERE, "SOURCE_DATE_EPOCH": f"{noon.timestamp():.0f}"}
        done = subprocess.run(  # noqa: S603 - this program again
            command, env=environment, capture_output=True, text=True, check=False, cwd=folder
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip().split("\n")[-TOLD:]
            raise WriteFailed(f"{name} could not be rebuilt:\n" + "\n".join(said))
        yield site


# Listed.


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition as a list shows it."""

    edition: Edition
    languages: tuple[str, ...]
    state: str
    label: str


def list_editions(settings: Settings) -> list[Standing]:
    """All editions, the newest first, with how they stand."""
    from report.languages import Catalogue  # noqa: PLC0415

    report, manifests = load_editions(settings)
    texts = read_manifests(settings.root).by_path
    standings = []
    for edition in sorted(report.editions, key=lambda e: order_edition(e.id), reverse=True):
        state = "frozen" if edition.id in manifests else "draft"
        if state == "draft" and name_manifest(edition.id) in texts:
            state = "draft of a revision"
        label = describe_edition(edition, Catalogue("en"))
        standings.append(Standing(edition, list_languages(report, edition), state, label))
    return standings


def load_editions(settings: Settings) -> tuple[Report, dict[str, Manifest]]:
    """The facts, checked, and the manifests that hold; raises DataProblems."""
    from report.checking import check_facts  # noqa: PLC0415
    from report.facts import parse_facts  # noqa: PLC0415

    texts = read_texts(settings.root, "data")
    facts = parse_facts(texts.by_path, [problem.place.file for problem in texts.problems])
    facts.problems.extend(texts.problems)
    report = check_facts(facts, settings.today)
    revisions = {edition.id: len(edition.revisions) for edition in report.editions}
    manifests, problems = parse_manifests(read_manifests(settings.root).by_path, revisions)
    if problems:
        raise DataProblems(problems)
    return hold_report(report, manifests), manifests


def refuse_name(name: str) -> None:
    """Raises UsageError for a name that no edition can have."""
    if not is_name(name):
        raise UsageError(explain_name(name))
