"""An edition as the Citation File Format tells it, for programs that look for `CITATION.cff`.

Pure. Knows the keys of version 1.2.0 of the format (https://citation-file-format.github.io). Every
text is quoted as JSON quotes it, which YAML reads alike, so that no text is taken for YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from report.citations import Work
from report.permits import find_spdx, find_terms

VERSION = "1.2.0"


def write_cff(work: Work, message: str, abstract: str = "", repository: str = "") -> str:
    """The file for an edition; `message` asks readers to cite it.

    Its data are what is cited, and the report as a whole is named as the preferred citation.
    """
    author = [{"name": work.publisher}]
    spdx, terms = find_spdx(work.licence), find_terms(work.licence)
    fields: dict[str, Any] = {
        "cff-version": VERSION,
        "message": message,
        "type": "dataset",
        "title": work.title,
        "abstract": abstract,
        "authors": author,
        "version": work.version or work.edition,
        "date-released": work.released.isoformat(),
        "license": spdx,
        "license-url": "" if spdx else terms,
        "url": work.address,
        "repository-code": repository,
        "preferred-citation": {
            "type": "report",
            "title": work.title,
            "authors": author,
            "publisher": {"name": work.publisher},
            "edition": work.edition,
            "version": work.version,
            "year": work.released.year,
            "month": work.released.month,
            "date-released": work.released.isoformat(),
            "license": spdx,
            "languages": [work.language],
            "url": work.address,
        },
    }
    return "".join(f"{line}\n" for line in _write_mapping(fields))


def _write_mapping(fields: Mapping[str, Any]) -> Iterator[str]:
    """Lines of YAML; empty values are left out."""
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield f"{name}:"
            yield from (f"  {line}" for line in _write_mapping(value))
        elif isinstance(value, list):
            yield f"{name}:"
            for item in value:
                lines = [*_write_mapping(item)] if isinstance(item, Mapping) else [_write(item)]
                yield f"  - {lines[0]}"
                yield from (f"    {line}" for line in lines[1:])
        elif value:
            yield f"{name}: {_write(value)}"


def _write(value: str | int) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else value
    return json.dumps(text, ensure_ascii=False)
