"""The manifest of a frozen edition: hashes of what it was made from and of what came out.

Pure: JSON texts in and out, with one part on each line, so that a change is seen line by line.
Knows how manifests are written, read and compared. Knows nothing of what the parts hold.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from report.problems import Place, Problem

FORMAT = 2
SUFFIX = ".manifest.json"
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PARTS = ("facts", "words", "forms", "outputs")
_OTHERS = ("rows", "offers")


@dataclass(frozen=True, slots=True)
class Manifest:
    """An edition as it was frozen: hashes by name, in four parts, and what else it knew of."""

    edition: str
    revision: int
    """How many revisions had been declared."""
    facts: Mapping[str, str]
    """By `kind/id`, as the edition sees them."""
    words: Mapping[str, str]
    """By path below the report's folder."""
    forms: Mapping[str, str]
    """Templates, settings, code and locked libraries: what may change without breaking a promise,
    but explains a rebuild that differs."""
    outputs: Mapping[str, str]
    """By path below the site without the edition's name, e.g. `en/index.html`."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """Periods of the rows that it sees, by series, source and day; no others count."""
    offers: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """The older editions that its pages lead to, by language, as they were called by then."""


@dataclass(slots=True)
class Difference:
    """How two lists of hashes differ, by name."""

    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether they are equal."""
        return not (self.changed or self.added or self.removed)


def name_manifest(edition: str) -> str:
    """The path of an edition's manifest below the report's folder."""
    return f"data/editions/{edition}{SUFFIX}"


def compare_hashes(old: Mapping[str, str], new: Mapping[str, str]) -> Difference:
    """What changed, came and went from one list to the other, each in order."""
    return Difference(
        changed=[name for name in sorted(old) if name in new and new[name] != old[name]],
        added=sorted(set(new) - set(old)),
        removed=sorted(set(old) - set(new)),
    )


def hash_words(edition: str, texts: Mapping[str, str]) -> dict[str, str]:
    """A hash of each file of an edition's words, of texts by path."""
    return {
        path: hashlib.sha256(text.encode()).hexdigest()
        for path, text in sorted(texts.items())
        if path.startswith(f"site_src/{edition}/")
    }


def write_manifest(manifest: Manifest) -> str:
    """The text of a manifest."""
    parts = {name: dict(sorted(getattr(manifest, name).items())) for name in _PARTS}
    head = {"format": FORMAT, "edition": manifest.edition, "revision": manifest.revision}
    parts |= {name: dict(sorted(getattr(manifest, name).items())) for name in _OTHERS}
    return json.dumps(head | parts, ensure_ascii=False, indent=1) + "\n"


def read_manifest(text: str, edition: str) -> Manifest:
    """A manifest from its text; raises ValueError with what is wrong."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        message = "it is no JSON"
        raise ValueError(message) from None
    wanted = {"format", "edition", "revision", *_PARTS, *_OTHERS}
    if not isinstance(value, dict) or set(value) != wanted:
        message = f"it does not hold exactly {', '.join(sorted(wanted))}"
        raise ValueError(message)
    if value["format"] != FORMAT or value["edition"] != edition:
        message = f"it is not of format {FORMAT} for the edition {edition}"
        raise ValueError(message)
    if type(value["revision"]) is not int or not all(_is_hashes(value[name]) for name in _PARTS):
        message = "a part of it is no list of hashes"
        raise ValueError(message)
    if not _is_texts(value["rows"]) or not _is_offers(value["offers"]):
        message = "a part of it is no list of rows or editions"
        raise ValueError(message)
    parts = {name: value[name] for name in (*_PARTS, *_OTHERS)}
    return Manifest(edition, value["revision"], **parts)


def _is_hashes(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(found, str) and _HASH.fullmatch(found) for found in value.values()
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(found, str) for found in value.values())


def _is_offers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(found, list) and all(_is_offer(one) for one in found) for found in value.values()
    )


def _is_offer(value: Any) -> bool:
    """Whether something is what `report.siblings` offers of an edition."""
    if not isinstance(value, dict) or set(value) != {"name", "title", "label", "pages"}:
        return False
    pages = value["pages"]
    texts = [value["name"], value["title"], value["label"]]
    return isinstance(pages, list) and all(isinstance(one, str) for one in [*texts, *pages])


def check_inputs(
    manifest: Manifest, text: str, facts: Mapping[str, str], words: Mapping[str, str]
) -> Iterator[Problem]:
    """A problem for each fact and each file of words that is not as it was frozen.

    `text` is the manifest's, where each part has its line. The bytes of forms and code are not
    judged. A newer machine that computes another value from the same rows is told all the same:
    computed values are among the facts.
    """
    file, lines = name_manifest(manifest.edition), text.split("\n")
    remedy = (
        "take the change back, or declare a revision in "
        f"data/editions/{manifest.edition}.yml and freeze it again"
    )
    pairs = ((manifest.facts, facts), (manifest.words, words))
    for old, new in pairs:
        found = compare_hashes(old, new)
        for name in [*found.changed, *found.removed, *found.added]:
            wanted = f'  {json.dumps(name, ensure_ascii=False)}: "'
            at = next((n for n, line in enumerate(lines, 1) if line.startswith(wanted)), 1)
            became = "is gone" if name in found.removed else "has changed"
            became = "is new" if name in found.added else became
            what = f"the edition {manifest.edition} is frozen, and {name} {became}"
            yield Problem(Place(file, at), "E551", what, remedy)


def parse_manifests(
    texts: Mapping[str, str], revisions: Mapping[str, int]
) -> tuple[dict[str, Manifest], list[Problem]]:
    """Manifests of editions that hold still, by edition, and what is wrong with any.

    `revisions` tells how many revisions each edition declares. One that declares more than were
    frozen is a draft again until it is frozen once more, and has no manifest here.
    """
    manifests: dict[str, Manifest] = {}
    problems: list[Problem] = []
    for path, text in sorted(texts.items()):
        edition = path.removeprefix("data/editions/").removesuffix(SUFFIX)
        remedy = "restore the file from the repository's history"
        if edition not in revisions:
            what, remedy = "there is no edition of this name", "take the file away"
            problems.append(Problem(Place(path), "E552", what, remedy))
            continue
        try:
            manifest = read_manifest(text, edition)
        except ValueError as error:
            problems.append(Problem(Place(path), "E552", f"no manifest: {error}", remedy))
            continue
        if revisions[edition] < manifest.revision:
            what = f"{manifest.revision} revisions were frozen, {revisions[edition]} are declared"
            remedy = f"declare the others again in data/editions/{edition}.yml"
            problems.append(Problem(Place(path), "E552", what, remedy))
        elif revisions[edition] == manifest.revision:
            manifests[edition] = manifest
    return manifests, problems
