"""Which editions stand as they were built: a key of all that one in one language is made from.

Pure: hashes in, keys out. Knows that an edition sees no row that was published after its cut-off
day, or after that of an earlier one that it is compared with; nothing of later editions' words and
figures, or of any words in other languages, but which there are; and none of the figures of all
editions where it has its own. All else counts for every edition, so a key changes too often rather
than too seldom. Knows nothing of sites.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from report.editions import order_edition
from report.model import Edition, Observation, Report
from report.spellings import spell_values

ROWS = "data/observations/"
_FIGURES, _WORDS = "data/figures/", "site_src/"


def name_volume(edition: str, language: str) -> str:
    """The folder of an edition in a language below the site."""
    return f"{language}/{edition}"


def make_keys(
    report: Report,
    volumes: Sequence[tuple[Edition, str]],
    inputs: Mapping[str, str],
    frame: str,
) -> dict[str, str]:
    """A key of each of these editions in these languages, by its folder below the site.

    `inputs` are hashes of files by path below the report's folder, or below another one behind its
    number; `frame` names whatever else a site hangs on.
    """
    days = {edition.id: _find_last_day(report, edition) for edition, _ in volumes}
    known = hash_rows(report.observations, set(days.values()))
    hashes = {path: one for path, one in sorted(inputs.items()) if not path.startswith(ROWS)}
    keys = {}
    for edition, language in volumes:
        hidden = _find_hidden(report, edition, language)
        parts = [frame, edition.id, language, known[days[edition.id]]]
        parts += [f"{path} {'' if hidden(path) else one}" for path, one in hashes.items()]
        keys[name_volume(edition.id, language)] = hashlib.sha256(
            "\n".join(parts).encode("utf-8", "surrogateescape")
        ).hexdigest()
    return keys


def _find_last_day(report: Report, edition: Edition) -> dt.date:
    """The last day whose rows an edition can show, if only by comparing with an earlier one."""
    place = order_edition(edition.id)
    earlier = (other for other in report.editions if order_edition(other.id) <= place)
    return max([edition.cut_off, *(other.cut_off for other in earlier)])


def _find_hidden(report: Report, edition: Edition, language: str) -> Callable[[str], bool]:
    """What tells of which files an edition in a language knows no more than that they are there.

    A frozen edition is told of any change to its words, in whatever language they are.
    """
    place, names = order_edition(edition.id), {other.id for other in report.editions}
    later = [name for name in names if order_edition(name) > place]
    unseen = tuple(start for one in later for start in (f"{_WORDS}{one}/", f"{_FIGURES}{one}/"))
    has_own = any(group.edition == edition.id for group in report.figures)
    is_frozen = edition.id in report.frozen

    def is_hidden(path: str) -> bool:
        if path.startswith(unseen):
            return True
        if path.startswith(_FIGURES):
            return has_own and "/" not in path.removeprefix(_FIGURES)
        folder, _, rest = path.removeprefix(_WORDS).partition("/")
        if not path.startswith(_WORDS) or folder not in names:
            return False
        return not (rest.startswith(f"{language}/") or (is_frozen and folder == edition.id))

    return is_hidden


def hash_rows(rows: Iterable[Observation], days: Collection[dt.date]) -> dict[dt.date, str]:
    """For each day a hash of all rows that were published by its end, in their order."""
    waiting = sorted(rows, key=attrgetter("published"))
    digest, at, hashes = hashlib.sha256(), 0, {}
    for day in sorted(days):
        while at < len(waiting) and waiting[at].published <= day:
            digest.update(spell_values([waiting[at]]).encode())
            at += 1
        hashes[day] = digest.hexdigest()
    return hashes
