"""A frozen edition put onto the branch of pages by mike, whole or not at all.

One of the few modules that touch the outside: git, and a build on the side. What is published is
what was frozen, and a published edition is replaced only by a declared revision. A publication
touches its own folder, the address `latest` and the list of editions, and nothing else.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from report.build import INPUTS
from report.composition import Settings, compose_report
from report.editions import LATEST, find_release, is_name, order_edition
from report.front import make_front
from report.languages import Catalogue
from report.manifests import compare_hashes, name_manifest
from report.model import Edition, Report
from report.problems import UsageError, WriteFailed
from report.reading import read_texts
from report.releases import FORMS, build_aside, hash_outputs, load_editions, refuse_name
from report.repositories import (
    PAGES,
    BranchMoved,
    Git,
    Target,
    copy_branch,
    find_base_commit,
    find_identity,
    is_behind,
    list_uncommitted,
    move_branch,
    refuse_checkout,
    refuse_stranger,
)
from report.siblings import list_languages
from report.signposts import ROBOTS, SITEMAP, WORDS, write_sitemap

DOORS = ("index.html", "404.html", ".nojekyll", ROBOTS, WORDS)
"""Files above the languages: written when a language is published for the first time."""
BESIDE = frozenset({*DOORS, SITEMAP, "preview", "CNAME"})
"""What may lie on the branch beside the languages; a publication touches none of it but the list of
editions."""

TRIES = 5
"""How often a publication begins anew on a branch that others move meanwhile, as previews do."""


@dataclass(frozen=True, slots=True)
class _Publication:
    """What is put onto the branch, and how."""

    report: Report
    edition: Edition
    templates: Mapping[str, str]
    target: Target
    alias: str


def publish_edition(settings: Settings, name: str, target: Target, alias: str) -> str:
    """Commit an edition to the branch of pages; says what was done.

    `alias` tells what `latest` is: a `copy` of the newest edition, or a `redirect` to it.

    Raises UsageError for an edition that is not frozen, not committed or must not change,
    DataProblems where its facts or words are not as frozen, WriteFailed for what git refuses.
    """
    refuse_name(name)
    report, manifests = load_editions(settings)
    known = {edition.id: edition for edition in report.editions}
    asked, name = name, find_release(name, {e.id: len(e.revisions) for e in report.editions})
    if not name:
        raise UsageError(f"there is no edition {asked!r}; there is {', '.join(known)}")
    if name not in manifests:
        raise UsageError(f"{name} is not frozen; run `edition freeze {name}` and commit its file")
    compose_report(replace(settings, edition=name))  # tells changed inputs before anything is built
    git = Git(settings.root)
    refuse_stranger(git)
    _refuse_uncommitted(git, report, name)
    refuse_checkout(git, target)
    identity = find_identity(git)
    find_base_commit(git, target)  # what is refused now need not be built first
    said = ""
    todo = _Publication(report, known[name], _read_templates(settings), target, alias)
    with build_aside(settings, name) as site:
        _refuse_changed(manifests[name].outputs, hash_outputs(site, name), name)
        for _ in range(TRIES):
            base = find_base_commit(git, target)
            with copy_branch(git, base, identity) as pages:
                try:
                    return _commit_edition(git, pages, base, site, todo)
                except BranchMoved as moved:
                    said = str(moved)
    raise WriteFailed(f"{said}, {TRIES} times while this was published; try again later")


def _commit_edition(git: Git, pages: Git, base: str, site: Path, todo: _Publication) -> str:
    """Commit on a base, judge, and move the branch; raises BranchMoved where that is too late."""
    edition, target = todo.edition, todo.target
    _refuse_foreign(pages, todo.report, target)
    for language in list_languages(todo.report, edition):
        _deploy(pages, site / language / edition.id, edition, language, todo.alias)
    _open_doors(pages, base, todo)
    tip = pages.run("rev-parse", "--verify", "--quiet", f"refs/heads/{PAGES}", check=False)
    if tip == base and not is_behind(git, target, tip):
        return f"{edition.id} is published as it is; {target.branch} is unchanged"
    _refuse_overwriting(pages, base, edition)
    _judge_touched(pages, base, edition, list_languages(todo.report, edition))
    move_branch(git, pages, tip, target)
    where = f"{target.remote}/{target.branch}" if target.push else target.branch
    return f"published {edition.id}: {where} is at {tip[:12]}"


def _read_templates(settings: Settings) -> dict[str, str]:
    return {
        path.removeprefix("templates/"): text
        for folder in dict.fromkeys([settings.project, settings.root])
        for path, text in read_texts(folder, "templates").by_path.items()
    }


def list_published(settings: Settings, target: Target) -> list[tuple[str, ...]]:
    """Language, name, title and what else is known of each published edition, newest first.

    Raises UsageError where there is no such remote or branch.
    """
    git = Git(settings.root)
    refuse_stranger(git)
    base = find_base_commit(git, target)
    if not base:
        where = f"here or at {target.remote}"
        raise UsageError(f"nothing is published: there is no branch {target.branch!r} {where}")
    found: list[tuple[str, ...]] = []
    with copy_branch(git, base, {}) as pages:
        for language in _list_folders(pages):
            for entry in _read_versions(pages, language):
                revision = (entry.get("properties") or {}).get("revision", 0)
                words = [*([f"revision {revision}"] if revision else []), *entry["aliases"]]
                found.append((language, entry["version"], entry["title"], *words))
    return found


# What may be published and changed.


def _refuse_uncommitted(git: Git, report: Report, name: str) -> None:
    """Refuse what no commit can be built to; drafts of newer editions do not matter."""
    newer = [e.id for e in report.editions if order_edition(e.id) > order_edition(name)]
    drafts = [path for one in newer for path in (f"site_src/{one}", f"data/editions/{one}.*")]
    wanted = [*dict.fromkeys([*INPUTS, *FORMS]), *(f":(exclude){path}" for path in drafts)]
    found = list_uncommitted(git, wanted, [name_manifest(name), f"data/editions/{name}.yml"])
    if found:
        first = " ".join(map(shlex.quote, found[:3]))
        paths = first if not found[3:] else " ".join(sorted({one.split("/")[0] for one in found}))
        rest = f" and {len(found) - 3} more" if found[3:] else ""
        message = f"{name} is not committed as it would be published: {', '.join(found[:3])}{rest}"
        raise UsageError(f"{message}; git add -- {paths} && git commit")


def _refuse_changed(frozen: Mapping[str, str], built: Mapping[str, str], name: str) -> None:
    found = compare_hashes(frozen, built)
    if found.is_none:
        return
    first = [*found.changed, *found.removed, *found.added][0]
    message = f"what {name} builds today is not what was frozen: {first} differs"
    raise UsageError(f"{message}; `edition verify {name}` tells all and why")


def _refuse_foreign(pages: Git, report: Report, target: Target) -> None:
    """Refuse a branch that holds what no publication of this report has put there."""
    languages = set(report.declaration.languages)
    for entry in _list_names(pages, ""):
        if entry not in BESIDE | languages:
            message = f"{target.branch} holds {entry!r}, which is none of this report's"
            raise WriteFailed(f"{message}; publish to another branch by --branch")
    for language in languages:
        for entry in _list_names(pages, f"{language}/"):
            if not (is_name(entry) or entry in {LATEST, "versions.json"}):
                message = f"{target.branch} holds '{language}/{entry}', which is no edition"
                raise WriteFailed(f"{message}; take it away, or publish by --branch elsewhere")
        _read_versions(pages, language)


def _refuse_overwriting(pages: Git, base: str, edition: Edition) -> None:
    """Refuse to change what is published, unless one more revision is declared than it had."""
    for language in _list_folders(pages):
        before = [e for e in _read_versions(pages, language, base) if e["version"] == edition.id]
        folder = f"{language}/{edition.id}"
        if not before or not pages.run("diff", "--name-only", base, PAGES, "--", folder):
            continue
        published = (before[0].get("properties") or {}).get("revision", 0)
        if len(edition.revisions) <= published:
            message = (
                f"{edition.id} is published and must not change; declare a revision with its "
                f"reason in data/editions/{edition.id}.yml and freeze it again, or begin "
                f"`edition new {edition.id}-r1`"
            )
            raise UsageError(message)


def _judge_touched(pages: Git, base: str, edition: Edition, languages: Sequence[str]) -> None:
    """Refuse, as a fault of the program, to touch more than a publication may."""
    allowed = [f"{one}/{name}/" for one in languages for name in (edition.id, LATEST)]
    allowed += [f"{one}/versions.json" for one in languages]
    doors = {*DOORS}
    if base and _list_folders(pages, base) == _list_folders(pages):
        doors -= {*_list_names(pages, "", base)}
    doors.add(SITEMAP)
    empty = pages.run("hash-object", "-t", "tree", "/dev/null")
    changed = ("diff", "--name-only", "-z", "--no-renames")
    touched = pages.list_names(*changed, base or empty, PAGES)
    wrong = [path for path in touched if path not in doors and not path.startswith(tuple(allowed))]
    if wrong:
        raise WriteFailed(
            f"a publication of {edition.id} would touch {wrong[0]!r}; nothing is done"
        )


def _list_names(pages: Git, folder: str, commit: str = PAGES) -> list[str]:
    return pages.list_names("ls-tree", "-z", "--name-only", f"{commit}:{folder}", check=False)


def _list_folders(pages: Git, commit: str = PAGES) -> list[str]:
    """Languages of which something is published."""
    names = _list_names(pages, "", commit)
    return [name for name in names if "versions.json" in _list_names(pages, f"{name}/", commit)]


def _read_versions(pages: Git, language: str, commit: str = PAGES) -> list[dict[str, Any]]:
    """The published editions of a language as its `versions.json` lists them."""
    if not commit or "versions.json" not in _list_names(pages, f"{language}/", commit):
        return []
    text = pages.run("show", f"{commit}:{language}/versions.json")
    try:
        entries = json.loads(text)
        names = [entry["version"] for entry in entries if isinstance(entry["aliases"], list)]
        names += [] if isinstance(entries, list) else [""]
    except (ValueError, TypeError, KeyError):
        names = [""]
    if not all(isinstance(name, str) and is_name(name) for name in names):
        message = f"{language}/versions.json on the branch of pages lists no editions"
        raise WriteFailed(f"{message}; restore it from the branch's history")
    found: list[dict[str, Any]] = entries
    return found


# Commits.


def _deploy(pages: Git, site: Path, edition: Edition, language: str, alias: str) -> None:
    """One language's commit, by mike; none where nothing would change."""
    from mike import commands, git_utils  # noqa: PLC0415 - slow, and needed by nobody else

    published = [entry["version"] for entry in _read_versions(pages, language)]
    is_newest = all(order_edition(edition.id) >= order_edition(name) for name in published)
    settings = {"site_dir": str(site), "use_directory_urls": True}
    title = Catalogue(language).text(edition.title)
    try:
        with commands.deploy(
            settings,
            edition.id,
            title,
            aliases=[LATEST] if is_newest else [],
            update_aliases=True,
            alias_type=commands.AliasType[alias],
            branch=PAGES,
            message=f"Publish {edition.id} in {language}",
            deploy_prefix=language,
            set_props=[("revision", len(edition.revisions))],
        ):
            pass  # the site is built already
    except git_utils.GitEmptyCommit:
        pass
    except (git_utils.GitError, ValueError) as error:
        raise WriteFailed(f"mike: {' '.join(str(error).split())}") from error


def _open_doors(pages: Git, base: str, todo: _Publication) -> None:
    """What stands above the languages, where it is other than before.

    But for the list of editions' sitemaps it names no edition, so that it stays true whatever is
    published in a language. What somebody has put there as `robots.txt` stays.
    """
    from mike import git_utils  # noqa: PLC0415 - as above

    published, present = _list_folders(pages), _list_names(pages, "")
    is_new = not base or published != _list_folders(pages, base)
    nothing: dict[str, Sequence[Edition]] = {
        language: () for language in todo.report.declaration.languages if language in published
    }
    files = make_front(todo.report.declaration, nothing, todo.templates)
    wanted = {
        name: content
        for name, content in files.items()
        if name not in present or (is_new and content and name != ROBOTS)
    }
    names = {one: [e["version"] for e in _read_versions(pages, one)] for one in published}
    sitemap = write_sitemap(todo.report.declaration.url, names)
    if (
        SITEMAP not in present
        or pages.run("show", f"{PAGES}:{SITEMAP}", strip=False) != sitemap.decode()
    ):
        wanted[SITEMAP] = sitemap
    if not wanted:
        return
    try:
        said = "List the editions" if [*wanted] == [SITEMAP] else "Open the front doors"
        with git_utils.Commit(PAGES, said) as commit:
            for name, content in wanted.items():
                commit.add_file(git_utils.FileInfo(name, content))
    except git_utils.GitEmptyCommit:
        pass
    except git_utils.GitError as error:
        raise WriteFailed(f"git: {' '.join(str(error).split())}") from error
