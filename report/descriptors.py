"""Descriptions of an edition's tables that other programs read: a Data Package, and CSVW.

Pure: schemas in, JSON out. Frictionless Data Package, version 2 (https://datapackage.org/standard/);
Metadata Vocabulary for Tabular Data (https://www.w3.org/TR/tabular-metadata/). Knows both
vocabularies; makes no table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report.columns import Column, Kind, Schema
from report.model import Source
from report.schemas import SCHEMAS, VALUES

PROFILES = "https://datapackage.org/profiles/2.0"
PACKAGE, CSVW = "datapackage.json", "csv-metadata.json"
_FIELDS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.NAME: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.NAMES: {"type": "list", "delimiter": " ", "itemType": "string"},
    Kind.NUMBER: {"type": "number"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DAY: {"type": "date"},
    Kind.YES: {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
}
_DATATYPES: Mapping[Kind, Mapping[str, Any]] = {
    Kind.NAME: {"datatype": "string"},
    Kind.TEXT: {"datatype": "string"},
    Kind.NAMES: {"datatype": "string", "separator": " "},
    Kind.NUMBER: {"datatype": "decimal"},
    Kind.INTEGER: {"datatype": "integer"},
    Kind.DAY: {"datatype": "date"},
    Kind.YES: {"datatype": {"base": "boolean", "format": "yes|no"}},
}
_IN_UNITS = {"value", "shown"}
"""Columns whose numbers are in the unit of the row's series."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What descriptions say of the data as a whole."""

    name: str
    """In small letters, digits and hyphens; also that of the files."""
    title: str
    description: str
    homepage: str
    """Its page in the edition."""
    version: str
    created: str
    """The day of the edition, `2026-11-25`."""
    cut_off: str
    """Nothing published after this day is in it."""
    language: str
    publisher: str
    licence: str
    """As the report names it."""
    spdx: str
    terms: str
    """The address of the licence; empty where not known."""
    citation: str


def describe_package(
    subject: Subject, files: Mapping[str, bytes], sources: Iterable[Source]
) -> bytes:
    """`datapackage.json`: each table with its fields, keys, size and hash."""
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": subject.name,
        "title": subject.title,
        "description": subject.description,
        "homepage": subject.homepage,
        "version": subject.version,
        "created": f"{subject.created}T00:00:00Z",
        "licenses": [_describe_licence(subject)],
        "contributors": [{"title": subject.publisher, "roles": ["publisher"]}],
        "citation": subject.citation,
        "sources": [_describe_source(source) for source in sources],
        "resources": [
            _describe_resource(schema, files[f"{schema.name}.csv"]) for schema in SCHEMAS
        ],
    }
    return _write(described)


def _describe_licence(subject: Subject) -> dict[str, str]:
    known = {"name": subject.spdx, "path": subject.terms, "title": subject.licence}
    licence = {key: value for key, value in known.items() if value}
    # One of both is a must; a licence of no known name has the text in the package.
    return licence if subject.spdx or subject.terms else {**licence, "path": "LICENCE.txt"}


def _describe_source(source: Source) -> dict[str, str]:
    title = f"{source.producer}: {source.title}"
    return {"title": title, "path": source.url} if source.url else {"title": title}


def _describe_resource(schema: Schema, content: bytes) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "path": f"{schema.name}.csv",
        "title": schema.title,
        "description": schema.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": describe_schema(schema),
    }


def describe_schema(schema: Schema) -> dict[str, Any]:
    """A Table Schema."""
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_describe_field(column) for column in schema.columns],
        "missingValues": [""],
        "primaryKey": list(schema.key),
    }
    keys = [
        {"fields": [column.name], "reference": {"resource": column.table, "fields": ["id"]}}
        for column in schema.columns
        if column.table
    ]
    return described | ({"foreignKeys": keys} if keys else {})


def _describe_field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, **_FIELDS[column.kind]}
    described["description"] = column.description
    if column.name in _IN_UNITS:
        described["unit"] = "that of the series, in series.csv"
    limits: dict[str, Any] = {}
    if column.needed:
        limits["required"] = True
    if column.choices:
        limits["enum"] = list(column.choices)
    if column.pattern:
        limits["pattern"] = column.pattern
    return described | ({"constraints": limits} if limits else {})


# CSVW.


def describe_tables(subject: Subject) -> bytes:
    """`csv-metadata.json` of the tables: programs find it beside each of them."""
    tables = [_describe_table(schema) for schema in SCHEMAS]
    return _write(_describe_group(subject, tables))


def describe_values(subject: Subject, titles: Mapping[str, str]) -> bytes:
    """`csv-metadata.json` of the files of single series; `titles` are theirs by name of file."""
    tables = [{"url": name, "dc:title": title} for name, title in sorted(titles.items())]
    group = _describe_group(subject, tables)
    return _write(group | {"tableSchema": _describe_columns(VALUES)})


def _describe_group(subject: Subject, tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    licence = {"dc:license": {"@id": subject.terms}} if subject.terms else {}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": subject.language}],
        "dc:title": subject.title,
        "dc:description": subject.description,
        "dc:publisher": subject.publisher,
        "dc:source": {"@id": subject.homepage},
        "dc:issued": {"@value": subject.created, "@type": "xsd:date"},
        "dc:rights": subject.licence,
        **licence,
        "tables": list(tables),
    }


def _describe_table(schema: Schema) -> dict[str, Any]:
    return {
        "url": f"{schema.name}.csv",
        "dc:title": schema.title,
        "dc:description": schema.description,
        "tableSchema": _describe_columns(schema, {schema.name for schema in SCHEMAS}),
    }


def _describe_columns(schema: Schema, tables: Collection[str] = ()) -> dict[str, Any]:
    """The columns of a table; those that name rows of other tables only where these are there."""
    described: dict[str, Any] = {
        "columns": [_describe_column(column) for column in schema.columns],
        "primaryKey": list(schema.key),
    }
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.table}.csv", "columnReference": "id"},
        }
        for column in schema.columns
        if column.table in tables and column.needed
    ]
    return described | ({"foreignKeys": keys} if keys else {})


def _describe_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        **_DATATYPES[column.kind],
    }
    if column.pattern:
        described["datatype"] = {"base": "string", "format": column.pattern}
    elif column.choices:
        described["datatype"] = {"base": "string", "format": "|".join(column.choices)}
    if column.needed:
        described["required"] = True
    return described


def _write(described: Mapping[str, Any]) -> bytes:
    return json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"
