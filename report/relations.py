"""Which pages and measures are related, and by what: the facts that both rest on.

Pure. Knows the facts that a page shows and those that a measure is judged by; two are as close as
they share many. Nothing is related by hand, and each relation says its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from report.items import Item
from report.languages import Catalogue
from report.model import Measure, View

MOST = 5
"""Relations that are shown of one page or measure."""
Traits = Mapping[str, frozenset[str]]
"""Ids of facts by what they are, such as `series`."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Something that shares facts with what it is shown at."""

    id: str
    shared: Mapping[str, int]
    """How many facts of each kind both rest on; kinds that they do not share are left out."""

    @property
    def weight(self) -> int:
        """How many facts both rest on."""
        return sum(self.shared.values())


def find_relations(own: str, traits: Mapping[str, Traits], most: int = MOST) -> list[Relation]:
    """What shares the most with one of these, best first; of equals, the earlier in the order."""
    mine = {noun: ids for noun, ids in traits[own].items() if ids}
    relations = []
    for other, theirs in traits.items():
        if other != own:
            # Hardly any two of many share anything, which is told quicker than what they share.
            shared = {
                noun: len(ids & theirs[noun])
                for noun, ids in mine.items()
                if noun in theirs and not ids.isdisjoint(theirs[noun])
            }
            if shared:
                relations.append(Relation(other, shared))
    return sorted(relations, key=lambda r: -r.weight)[:most]


@dataclass(frozen=True)
class Relations:
    """The relations of one edition's pages and measures, and how they are said."""

    view: View
    catalogue: Catalogue

    def of_page(self, page: str) -> list[Relation]:
        """Pages that are related to a page."""
        return find_relations(page, self._pages)

    def of_measure(self, measure: str) -> list[Relation]:
        """Measures that are related to a measure."""
        return find_relations(measure, self._measures)

    def explain(self, relation: Relation) -> str:
        """Why something is related, e.g. `shares 3 series, 1 event`."""
        say = self.catalogue.gettext
        one = {
            "series": say("1 series"),
            "event": say("1 event"),
            "institution": say("1 institution"),
            "claim": say("1 claim"),
            "constraint": say("1 constraint"),
            "opportunity": say("1 opportunity"),
        }
        many = {
            "series": say("%(count)s series"),
            "event": say("%(count)s events"),
            "institution": say("%(count)s institutions"),
            "claim": say("%(count)s claims"),
            "constraint": say("%(count)s constraints"),
            "opportunity": say("%(count)s opportunities"),
        }
        words = (
            one[noun] if count == 1 else many[noun] % {"count": self.catalogue.number(count)}
            for noun, count in relation.shared.items()
        )
        return say("shares %(facts)s", facts=", ".join(words))

    @cached_property
    def _measures(self) -> dict[str, Traits]:
        return {measure.id: self._describe(measure) for measure in self.view.report.measures}

    def _describe(self, measure: Measure) -> Traits:
        """What a measure is judged by, and what it answers."""
        statuses = self.view.assessments.get(measure.id, ())
        evidence = frozenset(statuses[-1].evidence if statuses else ())
        report = self.view.report
        return {
            "series": evidence & frozenset(self.view.series),
            "event": evidence & frozenset(event.id for event in self.view.events),
            "institution": evidence & frozenset(body.id for body in self.view.institutions),
            "constraint": _answered_by(measure.id, report.constraints),
            "opportunity": _answered_by(measure.id, report.opportunities),
        }

    @cached_property
    def _pages(self) -> dict[str, Traits]:
        return {page.id: self._describe_page(page.id) for page in self.view.report.pages}

    def _describe_page(self, page: str) -> Traits:
        """What a page draws, tells and tests, with all that its measures are judged by."""
        report = self.view.report
        groups = [group for group in report.figures if group.page == page]
        drawn = {name for group in groups for one in group.figures for name in one.series}
        drawn |= {tile.series for group in groups for tile in group.tiles}
        told = {event.id for event in self.view.events if event.page == page}
        told |= {name for group in groups for one in group.figures for name in one.events}
        own = [self._measures[measure.id] for measure in report.measures if measure.page == page]
        tested = (judged.claim for judged in self.view.claims)
        return {
            "series": frozenset(drawn).union(*(one["series"] for one in own)),
            "event": frozenset(told).union(*(one["event"] for one in own)),
            "institution": frozenset[str]().union(*(one["institution"] for one in own)),
            "claim": frozenset(claim.id for claim in tested if drawn.intersection(claim.series)),
            "constraint": frozenset[str]().union(*(one["constraint"] for one in own)),
            "opportunity": frozenset[str]().union(*(one["opportunity"] for one in own)),
        }


def _answered_by(measure: str, items: Iterable[Item]) -> frozenset[str]:
    return frozenset(item.id for item in items if measure in item.addressed_by)
