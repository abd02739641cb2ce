"""An Atom feed of one edition: editions, their declared revisions, corrections, and revised values.

Pure. Every day is one of the data, none of the clock, and every entry has an address that stays, so
that a reader's program knows it again from edition to edition. A feed tells of nothing later than
its own edition. The Atom Syndication Format: RFC 4287.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from report.addresses import FEED, to_address
from report.changes import measure_size
from report.corrections import Action, Correction
from report.editions import LATEST
from report.histories import Revision, list_histories, list_revisions
from report.languages import Catalogue
from report.model import Edition, View
from report.periods import parse_period
from report.revisals import show_change, show_value
from report.siblings import describe_edition, list_older

ATOM = "http://www.w3.org/2005/Atom"
MOST_BATCHES = 40
"""So many publications of revised values are told, the newest."""
MOST_VALUES = 10
"""So many values of one publication are named; the rest is counted."""
REGISTER = "revisions.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    id: str
    title: str
    day: dt.date
    summary: str
    link: str
    category: str


def write_feed(view: View, catalogue: Catalogue, documents: Collection[str] = ()) -> str:
    """The feed as XML; `documents` are those of the edition, to which entries may lead."""
    entries = list_entries(view, catalogue, documents)
    declaration, say = view.report.declaration, catalogue.gettext
    home = f"{declaration.url}{catalogue.language}/"
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": catalogue.language})
    name = catalogue.text(declaration.short_title)
    title = say("%(title)s: editions, revisions and corrections", title=name)
    _add(root, "title", title)
    _add(root, "id", f"{home}{FEED}")
    _add(root, "updated", _write_day(max(entry.day for entry in entries)))
    _add(_add(root, "author"), "name", declaration.publisher)
    _add(root, "rights", declaration.licence)
    kinds = {"rel": "self", "type": "application/atom+xml", "href": f"{home}{LATEST}/{FEED}"}
    _add(root, "link", **kinds)
    _add(root, "link", rel="alternate", type="text/html", href=f"{home}{LATEST}/")
    for entry in entries:
        item = _add(root, "entry")
        _add(item, "title", entry.title)
        _add(item, "id", entry.id)
        _add(item, "published", _write_day(entry.day))
        _add(item, "updated", _write_day(entry.day))
        _add(item, "category", term=entry.category)
        _add(item, "link", rel="alternate", type="text/html", href=entry.link)
        _add(item, "summary", entry.summary)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """A child; the library escapes texts and attributes."""
    child = ET.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def _write_day(day: dt.date) -> str:
    """A day as RFC 3339 wants it; of the time of day nothing is known."""
    return f"{day.isoformat()}T00:00:00Z"


def list_entries(view: View, catalogue: Catalogue, documents: Collection[str] = ()) -> list[Entry]:
    """All entries, the newest first, then by address."""
    older = list_older(view.report, view.edition, catalogue.language)
    writer = _Writer(view, catalogue, documents)
    entries = [
        *(entry for edition in (view.edition, *older) for entry in writer.tell_edition(edition)),
        *(writer.tell_correction(one) for one in view.report.corrections if writer.knows(one)),
        *writer.tell_revisions(),
    ]
    return sorted(entries, key=lambda entry: (-entry.day.toordinal(), entry.id))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the entries of one edition."""

    view: View
    catalogue: Catalogue
    documents: Collection[str]

    @property
    def home(self) -> str:
        """The address of the language."""
        return f"{self.view.report.declaration.url}{self.catalogue.language}/"

    @property
    def lasting(self) -> str:
        """What addresses of entries begin with that belong to no edition."""
        return f"{self.home}{LATEST}/{to_address(REGISTER)}#"

    @property
    def register(self) -> str:
        """Where this edition's register of revisions lies, or else its first page."""
        place = to_address(REGISTER) if REGISTER in self.documents else ""
        return f"{self.home}{self.view.edition.id}/{place}"

    def tell_edition(self, edition: Edition) -> Iterator[Entry]:
        """An edition, and the revisions that it declares by this edition's release."""
        catalogue = self.catalogue
        address = f"{self.home}{edition.id}/"
        title, label = catalogue.text(edition.title), describe_edition(edition, catalogue)
        known = catalogue.gettext(
            "It shows what was known on %(day)s.", day=catalogue.day(edition.cut_off)
        )
        heading = f"{title}, {label}" if label else title
        yield Entry(address, heading, edition.released, known, address, "edition")
        for number, one in enumerate(edition.revisions, 1):
            if edition.id == self.view.edition.id or one.day <= self.view.edition.released:
                revised = catalogue.gettext("%(edition)s: revised", edition=title)
                said = catalogue.text(one.what)
                if one.conclusion_changed:
                    said += " " + catalogue.gettext("A conclusion changed.")
                key = f"{address}#revision-{number}"
                yield Entry(key, revised, one.day, said, address, "revision")

    def knows(self, correction: Correction) -> bool:
        """Whether a correction had been made by the edition's cut-off."""
        is_known = correction.series in self.view.series
        return is_known and correction.date <= self.view.edition.cut_off

    def tell_correction(self, correction: Correction) -> Entry:
        """A value that a source has wrong."""
        catalogue, say = self.catalogue, self.catalogue.gettext
        name = catalogue.text(self.view.series[correction.series].declaration.title)
        period = catalogue.period(parse_period(correction.period))
        title = say("Corrected: %(series)s, %(period)s", series=name, period=period)
        if correction.action is Action.FLAG:
            title = say("Marked: %(series)s, %(period)s", series=name, period=period)
        key = f"correction-{correction.series}-{correction.period}-{correction.source}"
        return Entry(
            self.lasting + key,
            title,
            correction.date,
            catalogue.text(correction.reason),
            self.register,
            "correction",
        )

    def tell_revisions(self) -> Iterator[Entry]:
        """Revised values, those of one source and day together."""
        batches: dict[tuple[dt.date, str], list[Revision]] = {}
        for one in list_revisions(list_histories(self.view, fewest=2)):
            batches.setdefault((one.new.day, one.new.source), []).append(one)
        newest = sorted(batches, key=lambda key: (-key[0].toordinal(), key[1]))
        for day, source in newest[:MOST_BATCHES]:
            yield self._tell_batch(day, source, batches[day, source])

    def _tell_batch(self, day: dt.date, source: str, found: list[Revision]) -> Entry:
        say = self.catalogue.gettext
        producer = self.view.report.sources[source].producer
        largest = sorted(
            found, key=lambda one: (-measure_size(one.old.value, one.new.value), one.series)
        )
        lines = [self._tell_value(one) for one in largest[:MOST_VALUES]]
        if len(found) > MOST_VALUES:
            lines.append(say("and %(count)s more", count=len(found) - MOST_VALUES))
        title = say("One value revised: %(source)s", source=producer)
        if len(found) > 1:
            title = say("%(count)s values revised: %(source)s", count=len(found), source=producer)
        key = f"{self.lasting}{day.isoformat()}-{source}"
        return Entry(key, title, day, "; ".join(lines), self.register, "revised values")

    def _tell_value(self, one: Revision) -> str:
        declaration = self.view.series[one.series].declaration
        unit = self.view.report.units[declaration.unit]
        old, new = one.old.value, one.new.value
        return self.catalogue.gettext(
            "%(series)s, %(period)s: from %(old)s to %(new)s (%(change)s)",
            series=self.catalogue.text(declaration.title),
            period=self.catalogue.period(one.period),
            old=show_value(old, unit, self.catalogue, new),
            new=show_value(new, unit, self.catalogue, old),
            change=show_change(old, new, unit, self.catalogue),
        )
