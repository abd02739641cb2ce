"""Which editions stand as they were built: a key of all that one in one language is made from.

Pure: contents in, keys out. Knows that an edition sees no row that was published after its cut-off
day, nothing of later editions' words and figures or of any words in other languages but which there
are, and none of the figures of all editions where it has its own. All else counts for every
edition, so a key changes too often rather than too seldom. Knows nothing of sites.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from report.editions import order_edition
from report.model import Edition, Observation

ROWS = "data/observations/"
_FIGURES, _WORDS = "data/figures/", "site_src/"
_FIELDS = attrgetter(*(field.name for field in fields(Observation)))


def name_volume(edition: str, language: str) -> str:
    """The folder of an edition in a language below the site."""
    return f"{language}/{edition}"


def make_keys(
    volumes: Sequence[tuple[Edition, str]],
    rows: Iterable[Observation],
    inputs: Mapping[str, bytes],
    frame: str,
) -> dict[str, str]:
    """A key of each edition in each language, by its folder below the site.

    `inputs` are the contents of files by path below the report's folder, or below another one
    behind its number; `frame` names whatever else a site hangs on.
    """
    known = hash_rows(rows, {edition.cut_off for edition, _ in volumes})
    hashes = {
        path: hashlib.sha256(content).hexdigest()
        for path, content in sorted(inputs.items())
        if not path.startswith(ROWS)
    }
    names = {edition.id for edition, _ in volumes}
    keys = {}
    for edition, language in volumes:
        foreign = _list_foreign(edition.id, language, hashes, names)
        parts = [frame, edition.id, language, known[edition.cut_off]]
        parts += [f"{path} {'' if path in foreign else one}" for path, one in hashes.items()]
        keys[name_volume(edition.id, language)] = hashlib.sha256(
            "\n".join(parts).encode("utf-8", "surrogateescape")
        ).hexdigest()
    return keys


def _list_foreign(
    edition: str, language: str, paths: Iterable[str], editions: Collection[str]
) -> frozenset[str]:
    """Files of which this edition in this language knows no more than that they are there."""
    place = order_edition(edition)
    later = [other for other in editions if order_edition(other) > place]
    hidden = tuple(start for one in later for start in (f"site_src/{one}/", f"{_FIGURES}{one}/"))
    has_own = any(path.startswith(f"{_FIGURES}{edition}/") for path in paths)

    def is_foreign(path: str) -> bool:
        if path.startswith(_FIGURES):
            is_common = "/" not in path.removeprefix(_FIGURES)
            return path.startswith(hidden) or (has_own and is_common)
        folder, _, rest = path.removeprefix(_WORDS).partition("/")
        if path.startswith(_WORDS) and folder in editions:
            return path.startswith(hidden) or not rest.startswith(f"{language}/")
        return False

    return frozenset(filter(is_foreign, paths))


def hash_rows(rows: Iterable[Observation], days: Collection[dt.date]) -> dict[dt.date, str]:
    """For each day a hash of all rows that were published by its end, in their order."""
    waiting = sorted(rows, key=attrgetter("published"))
    digest, at, hashes = hashlib.sha256(), 0, {}
    for day in sorted(days):
        while at < len(waiting) and waiting[at].published <= day:
            # Neither sign can stand in a text of the data.
            digest.update(("\x1f".join(map(str, _FIELDS(waiting[at]))) + "\x1e").encode())
            at += 1
        hashes[day] = digest.hexdigest()
    return hashes
