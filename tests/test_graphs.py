"""Each page tells of itself in terms that schema.org has, and the data as Google asks for them.

The vocabulary is not at hand offline, so the terms that are used are stated here, by type, with
those that must be there: for `Dataset` by Google's guidelines, for the others by what readers need.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pyld import jsonld

from report.citing import Citing
from report.graphs import Leaf, cover_places, make_graph, split_places
from report.text import json_in_script
from tests.examples import ENGLISH, make_second_view

SCHEMA = "https://schema.org/"
HOME = "https://example.org/bicycles/en/2026/"
DOCUMENTS = ("index.md", "data.md", "method.md", "sources.md", "corridors/river-corridor.md")
FILES = {
    "data/bicycles-2026.zip": b"zip",
    "data/bicycles-2026.sqlite": b"sqlite!",
    "data/observations.csv": b"a,b",
    "data/datapackage.json": b"{}",
    "data/csv-metadata.json": b"{}",
    "data/series/river.trips.csv": b"one of many",
    "cite/edition.bib": b"no data",
}
CREATIVE = {
    *("name", "url", "description", "abstract", "inLanguage", "datePublished", "dateModified"),
    *("license", "publisher", "author", "creator", "version", "image", "isPartOf", "hasPart"),
    *("isAccessibleForFree", "isBasedOn", "keywords", "creditText", "identifier", "usageInfo"),
    *("spatialCoverage", "temporalCoverage"),
}
"""Properties of a CreativeWork, or of any Thing."""
TERMS: dict[str, tuple[set[str], set[str]]] = {
    "Report": (
        CREATIVE | {"encoding"},
        {"name", "url", "author", "publisher", "datePublished", "license"},
    ),
    "WebPage": (
        CREATIVE | {"breadcrumb"},
        {"name", "url", "description", "isPartOf", "breadcrumb", "inLanguage"},
    ),
    "Dataset": (
        CREATIVE | {"distribution", "variableMeasured", "measurementTechnique"},
        {
            *("name", "description", "url", "identifier", "version", "license", "creator"),
            *("publisher", "dateModified", "temporalCoverage", "spatialCoverage"),
            *("variableMeasured", "measurementTechnique", "distribution", "isBasedOn"),
        },
    ),
    "DataDownload": (
        {"name", "contentUrl", "encodingFormat", "contentSize"},
        {"contentUrl", "encodingFormat"},
    ),
    "MediaObject": ({"contentUrl", "encodingFormat"}, {"contentUrl", "encodingFormat"}),
    "CreativeWork": (CREATIVE, {"name"}),
    "Organization": ({"name", "url"}, {"name"}),
    "Place": ({"name"}, {"name"}),
    "PropertyValue": ({"name", "propertyID", "unitText", "url"}, {"name"}),
    "BreadcrumbList": ({"itemListElement"}, {"itemListElement"}),
    "ListItem": ({"position", "name", "item"}, {"position", "name", "item"}),
}
"""For each type: the properties that it can have, and those that it must have here."""


def load_context(address: str, _options: object) -> dict[str, Any]:
    """The vocabulary's context as far as these graphs need it: every term is schema.org's own."""
    assert address.rstrip("/") == SCHEMA.rstrip("/")
    context = {"@context": {"@vocab": SCHEMA}}
    return {"contextUrl": None, "documentUrl": address, "document": context}


def expand(graph: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of a graph as a program of the Semantic Web reads them."""
    expanded: list[dict[str, Any]] = jsonld.expand(graph, {"documentLoader": load_context})
    return expanded


def judge(node: Any) -> None:
    """Each node within has a known type, only its properties, and all that must be there."""
    if isinstance(node, list):
        for part in node:
            judge(part)
    elif isinstance(node, dict) and "@value" not in node:
        names = {name.removeprefix(SCHEMA) for name in node if not name.startswith("@")}
        if "@type" in node:
            (kind,) = node["@type"]
            allowed, needed = TERMS[kind.removeprefix(SCHEMA)]
            assert names <= allowed, f"{kind} has no {sorted(names - allowed)}"
            assert needed <= names, f"{kind} lacks {sorted(needed - names)}"
        else:
            assert names == set(), f"a node without a type has {sorted(names)}"
            assert node["@id"].startswith("https://")
        for name, value in node.items():
            if not name.startswith("@"):
                judge(value)


def make(document: str, files: dict[str, bytes] | None = None) -> dict[str, Any]:
    """The graph of a page of the second report."""
    trail = () if document == "index.md" else (("Bicycle corridors", "index.md"),)
    leaf = Leaf(document, "River corridor", "It carried 420 trips.", trail)
    citing = Citing(make_second_view(), ENGLISH)
    return make_graph(leaf, citing, DOCUMENTS, FILES if files is None else files)


def find(graph: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one node of a type at the top."""
    (node,) = (node for node in graph["@graph"] if node["@type"] == kind)
    return dict(node)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_graphs_use_terms_of_the_vocabulary(document: str) -> None:
    """As expanded by pyld: every type and property is known, and nothing that must be lacks."""
    nodes = expand(make(document))

    assert nodes
    judge(nodes)


def test_the_edition_is_a_report() -> None:
    """With its publisher, days, licence and version."""
    report = find(make("index.md"), "Report")

    assert report["@id"] == f"{HOME}#report"
    assert report["url"] == HOME
    assert report["version"] == "2026"
    assert (report["datePublished"], report["dateModified"]) == ("2026-07-01", "2026-07-01")
    assert report["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert report["author"]["name"] == "Example publisher"


def test_a_page_names_the_way_to_it() -> None:
    """From the first page, each step with its whole address."""
    graph = make("corridors/river-corridor.md")
    steps = find(graph, "BreadcrumbList")["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Bicycle corridors", HOME),
        (2, "River corridor", f"{HOME}corridors/river-corridor/"),
    ]
    assert find(graph, "WebPage")["isPartOf"] == {"@id": f"{HOME}#report"}


def test_the_data_are_a_data_set_as_google_asks() -> None:
    """Name and description of a fit length, an address that stays, coverage from the data."""
    data = find(make("data.md"), "Dataset")

    assert 50 <= len(data["description"]) <= 5000
    assert data["url"] == data["identifier"] == f"{HOME}data/"
    assert data["license"].startswith("https://")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", data["temporalCoverage"])
    assert data["temporalCoverage"].split("/")[1] <= "2026-06-30"
    assert data["creator"]["@type"] == "Organization"
    assert {"River corridor"} <= {place["name"] for place in data["spatialCoverage"]}
    assert len(data["isBasedOn"]) == len({source["name"] for source in data["isBasedOn"]})


def test_archive_database_and_tables_are_its_distribution() -> None:
    """Each with its type and size; where none is made, none is told of."""
    files = find(make("data.md"), "Dataset")["distribution"]

    assert [(one["contentUrl"], one["encodingFormat"], one["contentSize"]) for one in files] == [
        (f"{HOME}data/bicycles-2026.sqlite", "application/vnd.sqlite3", "7 B"),
        (f"{HOME}data/bicycles-2026.zip", "application/zip", "3 B"),
        (f"{HOME}data/datapackage.json", "application/json", "2 B"),
        (f"{HOME}data/observations.csv", "text/csv", "3 B"),
    ]
    assert "distribution" not in find(make("data.md", {}), "Dataset")


def test_places_are_named_as_the_data_name_them() -> None:
    """Two places in one cell are two; those with more series come first."""
    assert split_places("North Town and South Town") == ["North Town", "South Town"]
    assert split_places("North Town to the world") == ["North Town", "World"]
    assert split_places("") == []
    assert cover_places(make_second_view()) == [
        *("River corridor", "Hill corridor", "Both corridors")
    ]


def test_hostile_words_do_not_end_the_script() -> None:
    """A title that reads as markup stays a text of JSON."""
    title = "</script><script>alert(1)</script> & <!-- \u2028"
    leaf = Leaf("index.md", title, "Words.", ())
    graph = make_graph(leaf, Citing(make_second_view(), ENGLISH), DOCUMENTS, {})
    text = json_in_script(graph)

    assert "<" not in text
    assert find(json.loads(text), "Report")["name"] == title
