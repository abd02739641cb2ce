"""`CITATION.cff` keeps to version 1.2.0 of its format, and the project's own tells of its report.

The validator of the format cannot be installed beside the project's libraries. So what its schema
demands of the keys that are used here is stated as a JSON Schema, and no other key is let through.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from report.cff import write_cff
from report.citations import Work
from report.citing import CFF, Citing
from tests.examples import ENGLISH, PROJECT, make_second_view

WORK = Work(
    kind="edition",
    title="A report: on trade",
    address="https://example.org/report/en/2026/",
    edition="2026 edition",
    publisher="Institute of Trade",
    released=date(2026, 11, 5),
    licence="CC BY 4.0",
)
TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
URL = {"type": "string", "pattern": r"^(https|http|ftp|sftp)://.+"}
ENTITY = {
    "type": "object",
    "properties": {"name": TEXT},
    "required": ["name"],
    "additionalProperties": False,
}
AUTHORS = {"type": "array", "items": ENTITY, "minItems": 1, "uniqueItems": True}
SPDX = {"enum": ["CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"]}
"""Those of the format's long list that reports of these tests have."""
REFERENCE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["report", "data", "generic", "website"]},
        "title": TEXT,
        "authors": AUTHORS,
        "publisher": ENTITY,
        "edition": TEXT,
        "version": TEXT,
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "date-released": DAY,
        "license": SPDX,
        "languages": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
        "url": URL,
    },
    "required": ["authors", "title", "type"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "type": {"enum": ["software", "dataset"]},
        "title": TEXT,
        "abstract": TEXT,
        "authors": AUTHORS,
        "version": TEXT,
        "date-released": DAY,
        "license": SPDX,
        "license-url": URL,
        "url": URL,
        "repository-code": URL,
        "preferred-citation": REFERENCE,
    },
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
}


def read_cff(text: str) -> dict[str, Any]:
    """The file's values, valid by the schema above."""
    value: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(value)] == []
    return value


def test_an_edition_is_told_with_its_preferred_citation() -> None:
    """Each text and number where the format wants it."""
    found = read_cff(write_cff(WORK, "Please cite.", "What it says.", "https://example.org/code"))

    assert found == {
        "cff-version": "1.2.0",
        "message": "Please cite.",
        "type": "dataset",
        "title": "A report: on trade",
        "abstract": "What it says.",
        "authors": [{"name": "Institute of Trade"}],
        "version": "2026 edition",
        "date-released": "2026-11-05",
        "license": "CC-BY-4.0",
        "url": "https://example.org/report/en/2026/",
        "repository-code": "https://example.org/code",
        "preferred-citation": {
            "type": "report",
            "title": "A report: on trade",
            "authors": [{"name": "Institute of Trade"}],
            "publisher": {"name": "Institute of Trade"},
            "edition": "2026 edition",
            "year": 2026,
            "month": 11,
            "date-released": "2026-11-05",
            "license": "CC-BY-4.0",
            "languages": ["en"],
            "url": "https://example.org/report/en/2026/",
        },
    }


def test_a_licence_that_is_not_known_is_left_out() -> None:
    """The format takes no other names."""
    found = read_cff(write_cff(replace(WORK, licence="as you like"), "Please cite."))

    assert "license" not in found
    assert "license-url" not in found


@pytest.mark.parametrize("text", ["# no comment", "a: b", "- x", "'\"", "\\n", "yes", "2026", "{}"])
def test_texts_of_any_kind_stay_texts(text: str) -> None:
    """YAML takes none of them for something else."""
    found = read_cff(write_cff(replace(WORK, title=text, publisher=text), text))

    assert (found["title"], found["message"]) == (text, text)
    assert found["authors"] == [{"name": text}]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1))
def test_any_text_is_read_back(text: str) -> None:
    """But for spaces, which become one."""
    shown = " ".join(text.split())
    if shown:
        assert read_cff(write_cff(replace(WORK, title=text), "Please cite."))["title"] == shown


def test_each_edition_brings_files_for_reference_managers() -> None:
    """All formats of the edition, of its data and of its pages."""
    files = Citing(make_second_view(), ENGLISH).write_files({"index.md", "data.md", "method.md"})

    assert sorted(files) == sorted(
        [CFF]
        + [
            f"cite/{name}.{end}"
            for name in ("edition", "data", "pages")
            for end in ("bib", "ris", "csl.json")
        ]
    )
    assert read_cff(files[CFF].decode())["license"] == "CC0-1.0"
    entries = re.findall(r"^@misc\{(.+),$", files["cite/pages.bib"].decode(), re.MULTILINE)
    assert entries == [
        "example-bicycles-en-2026",
        "example-bicycles-en-2026-data",
        "example-bicycles-en-2026-method",
    ]


def test_the_file_of_the_project_tells_of_its_newest_edition(built_site: Path) -> None:
    """`CITATION.cff` beside the README is that of the newest edition, and says what data say."""
    text = (PROJECT / "CITATION.cff").read_text(encoding="utf-8")
    yaml = YAML(typ="safe", pure=True)
    declaration = yaml.load((PROJECT / "data" / "report.yml").read_text(encoding="utf-8"))
    editions = [
        yaml.load(path.read_text(encoding="utf-8"))
        for path in sorted((PROJECT / "data" / "editions").glob("*.yml"))
    ]
    newest = max(editions, key=lambda edition: str(edition["id"]))
    found = read_cff(text)

    # To write it anew: build the site, and copy this file.
    assert text == (built_site / "en" / "latest" / CFF).read_text(encoding="utf-8")
    assert found["title"] == declaration["title"]["en"]
    assert found["authors"] == [{"name": declaration["publisher"]}]
    assert found["version"] == newest["title"]["en"]
    assert found["url"] == f"{declaration['url']}en/{newest['id']}/"
