"""What a page says of itself to search engines and other programs: a graph in schema.org's terms.

Pure: JSON-LD as plain values. Knows the vocabulary (https://schema.org) and what Google asks of
data sets (https://developers.google.com/search/docs/appearance/structured-data/dataset). Every
value is one of the data; what they do not tell is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from report.addresses import to_address
from report.citing import HOME, Citing
from report.model import Series, SeriesDeclaration, Status, View
from report.permits import find_terms
from report.works import DATA, date_edition, locate_edition, name_version

CONTEXT = "https://schema.org"
MOST_PLACES = 12
"""So many places are named as covered, those with the most series."""
MEDIA = {
    ".zip": "application/zip",
    ".sqlite": "application/vnd.sqlite3",
    ".csv": "text/csv",
    ".json": "application/json",
}
"""Types of the files in which data of an edition are offered, by the end of their names."""
_HOLDINGS = re.compile(r"data/(?:[^/]+(\.zip|\.sqlite|\.csv)|datapackage(\.json))")
"""What holds all data, or all of one kind; and the description of it."""
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as its graph tells of it."""

    document: str
    title: str
    summary: str
    trail: tuple[tuple[str, str], ...]
    """Name and document of each page above it, the first page first."""
    image: str = ""
    """The whole address of its picture; empty where there is none."""
    book: str = ""
    """Of the first page: the whole address of the edition as a book; empty where there is none."""


def make_graph(
    leaf: Leaf, citing: Citing, documents: Collection[str], files: Mapping[str, bytes]
) -> Node:
    """The graph of a page.

    `documents` are those of the edition, `files` what lies beside them, by path below its site.
    """
    site = _Site(citing, documents)
    if leaf.document == HOME:
        nodes = [site.describe_report(leaf), site.describe_publisher()]
    else:
        nodes = [site.describe_page(leaf), site.describe_trail(leaf)]
    if leaf.document == DATA:
        nodes += [site.describe_data(leaf, files), site.describe_publisher()]
    return {"@context": CONTEXT, "@graph": nodes}


@dataclass(frozen=True)
class _Site:
    """One edition in one language."""

    citing: Citing
    documents: Collection[str]

    @property
    def view(self) -> View:
        """The facts."""
        return self.citing.view

    @property
    def home(self) -> str:
        """The edition's address."""
        return locate_edition(
            self.view.report.declaration, self.view.edition, self.citing.catalogue.language
        )

    def locate(self, document: str) -> str:
        """The whole address of a document."""
        return self.home + to_address(document)

    def describe_report(self, leaf: Leaf) -> Node:
        """The edition as a report."""
        declaration, text = self.view.report.declaration, self.citing.catalogue.text
        kept = {
            "@type": "Report",
            "@id": f"{self.home}#report",
            "abstract": leaf.summary,
            "description": text(declaration.description),
            "version": name_version(self.view.edition),
            "author": self._refer_publisher(),
            "isAccessibleForFree": True,
            "hasPart": {"@id": f"{self.locate(DATA)}#dataset"},
            **self._describe_common(leaf),
        }
        if DATA not in self.documents:
            del kept["hasPart"]
        if leaf.book:
            media = {"@type": "MediaObject", "encodingFormat": "application/pdf"}
            kept["encoding"] = {**media, "contentUrl": leaf.book}
        return kept

    def describe_page(self, leaf: Leaf) -> Node:
        """A page of it."""
        address = self.locate(leaf.document)
        return {
            "@type": "WebPage",
            "@id": f"{address}#page",
            "description": leaf.summary,
            "isPartOf": {"@id": f"{self.home}#report"},
            "breadcrumb": {"@id": f"{address}#trail"},
            **self._describe_common(leaf),
        }

    def describe_trail(self, leaf: Leaf) -> Node:
        """The way to a page from the first one."""
        steps = [*leaf.trail, (leaf.title, leaf.document)]
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self.locate(leaf.document)}#trail",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": name, "item": self.locate(document)}
                for at, (name, document) in enumerate(steps, 1)
            ],
        }

    def describe_publisher(self) -> Node:
        """Who answers for the report."""
        declaration = self.view.report.declaration
        return {
            "@type": "Organization",
            "@id": f"{declaration.url}#publisher",
            "name": declaration.publisher,
            "url": declaration.url,
        }

    def describe_data(self, leaf: Leaf, files: Mapping[str, bytes]) -> Node:
        """The edition's data, as Google and others look for them."""
        view, say = self.view, self.citing.catalogue.gettext
        address = self.locate(DATA)
        work = self.citing.dataset.work
        about = self.citing.catalogue.text(view.report.declaration.description)
        technique = say(
            "Values of public sources, each with the day on which it became known; further series "
            "are computed from them by declared operations."
        )
        sources = self.locate("sources.md")
        node = {
            **self._describe_common(leaf),
            "@type": "Dataset",
            "@id": f"{address}#dataset",
            "name": work.title,
            "description": f"{about} {leaf.summary}",
            "identifier": address,
            "version": name_version(view.edition),
            "creator": self._refer_publisher(),
            "isAccessibleForFree": True,
            "isPartOf": {"@id": f"{self.home}#report"},
            "creditText": self.citing.dataset.plain,
            "keywords": [self.citing.catalogue.text(page.title) for page in view.report.pages],
            "measurementTechnique": [technique, self.locate("method.md")],
            "temporalCoverage": _cover_time(view),
            "spatialCoverage": [{"@type": "Place", "name": name} for name in cover_places(view)],
            "variableMeasured": [*self._list_variables()],
            "isBasedOn": [*self._list_sources()],
            "distribution": [*self._list_files(files)],
            "usageInfo": sources if "sources.md" in self.documents else "",
        }
        if "method.md" not in self.documents:
            node["measurementTechnique"] = technique
        return {name: value for name, value in node.items() if value not in ("", [])}

    def _describe_common(self, leaf: Leaf) -> Node:
        """What all works have."""
        declaration, edition = self.view.report.declaration, self.view.edition
        terms = find_terms(declaration.licence)
        node = {
            "name": leaf.title,
            "url": self.locate(leaf.document),
            "inLanguage": self.citing.catalogue.language,
            "datePublished": _write_day(edition.released),
            "dateModified": _write_day(date_edition(edition)),
            "license": terms or declaration.licence,
            "publisher": self._refer_publisher(),
        }
        if leaf.image:
            node["image"] = leaf.image
        return node

    def _refer_publisher(self) -> Node:
        """The publisher by its name, for programs that follow no references, and by its id."""
        declaration = self.view.report.declaration
        return {
            "@type": "Organization",
            "@id": f"{declaration.url}#publisher",
            "name": declaration.publisher,
        }

    def _list_variables(self) -> Iterator[Node]:
        """The series of headline numbers, once each; the files hold all others as well."""
        text = self.citing.catalogue.text
        for series in self._list_headlines():
            unit = self.view.report.units[series.declaration.unit]
            yield {
                "@type": "PropertyValue",
                "name": text(series.declaration.title),
                "propertyID": series.id,
                "unitText": text(unit.title),
                "url": f"{self.locate(DATA)}#series-{series.id}",
            }

    def _list_headlines(self) -> list[Series]:
        tiles = (tile.series for group in self.view.report.figures for tile in group.tiles)
        series = (self.view.series[name] for name in dict.fromkeys(tiles))
        return [one for one in series if one.known]

    def _list_sources(self) -> Iterator[Node]:
        """The sources of the headline series, each with its producer."""
        points = (point for series in self._list_headlines() for point in series.known)
        for name in sorted({name for point in points for name in point.sources}):
            source = self.view.report.sources[name]
            node = {
                "@type": "CreativeWork",
                "name": source.title,
                "url": source.url,
                "publisher": {"@type": "Organization", "name": source.producer},
            }
            yield {key: value for key, value in node.items() if value}

    def _list_files(self, files: Mapping[str, bytes]) -> Iterator[Node]:
        """The archive, the database and the tables, with the description of these."""
        for path in sorted(files):
            found = _HOLDINGS.fullmatch(path)
            if found is not None:
                yield {
                    "@type": "DataDownload",
                    "name": path.rpartition("/")[2],
                    "contentUrl": self.home + path,
                    "encodingFormat": MEDIA[found[1] or found[2]],
                    "contentSize": f"{len(files[path])} B",
                }


def _write_day(day: date) -> str:
    return day.isoformat()


def _cover_time(view: View) -> str:
    """From the first day to the last that a value is about, forecasts aside; as ISO 8601 has it."""
    periods = [
        point.period
        for series in view.series.values()
        for point in series.known
        if point.status is not Status.FORECAST
    ]
    if not periods:
        return ""
    first = min(period.start for period in periods)
    last = min(max(period.end for period in periods), view.edition.cut_off)
    return f"{first.isoformat()}/{last.isoformat()}"


def cover_places(view: View) -> list[str]:
    """The places that the most series are about, as the data name them."""
    named = Counter(
        place
        for series in view.series.values()
        if series.known and isinstance(series.declaration, SeriesDeclaration)
        for place in split_places(series.declaration.geography)
    )
    return sorted(named, key=lambda name: (-named[name], name))[:MOST_PLACES]


def split_places(geography: str) -> list[str]:
    """`A and B` or `A to B` as two places, without articles."""
    parts: Sequence[str] = re.split(r" and | to |; ?|, ", geography)
    return [*_tidy(parts)]


def _tidy(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        place = re.sub(r"^[Tt]he ", "", part.strip())
        if place:
            yield place[:1].upper() + place[1:]
