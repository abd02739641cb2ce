"""A word of the glossary means one thing, is defined shortly, and names a source that is there."""

from __future__ import annotations

from collections.abc import Iterator

from report.facts import Entry, Facts
from report.problems import Place, Problem
from report.terms import LONGEST, Term, fold


def check_terms(facts: Facts) -> Iterator[Problem]:
    """A problem for each spelling that is given twice, and for each definition that is too long."""
    seen: dict[str, tuple[str, Place]] = {}
    for entry in facts.glossary:
        for key, spelling in _list_places(entry):
            name = fold(spelling)
            if name in seen:
                owner, place = seen[name]
                what = f"{spelling!r} already stands for {owner!r} at {place}"
                yield Problem(entry.at(key), "E395", what, "keep it where it belongs")
            else:
                seen[name] = entry.value.id, entry.at(key)
        for language, words in entry.value.definition.items():
            if len(words) > LONGEST:
                what = f"the definition of {entry.value.id!r} has {len(words)} characters"
                remedy = f"say it in {LONGEST}: it is read beside the word"
                yield Problem(entry.at(f"definition.{language}"), "E396", what, remedy)


def _list_places(entry: Entry[Term]) -> Iterator[tuple[str, str]]:
    """Each spelling with the key at which it stands; a title may be the same in two languages."""
    seen = set()
    for language, words in entry.value.title.items():
        if words and fold(words) not in seen:
            seen.add(fold(words))
            yield f"title.{language}", words
    for key in ("forms", "synonyms"):
        yield from ((f"{key}.{at}", words) for at, words in enumerate(getattr(entry.value, key)))
