"""A site names what others have made of it, and gives their licences whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from report.licences import Part, list_parts, write_bill, write_licences
from report.problems import WriteFailed
from tests.examples import PROJECT

MODULES = PROJECT / "node_modules"
KNOWN = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "OFL-1.1", "Apache-2.0", "0BSD"}
"""Licences that let the site be published with them in it."""


def test_what_is_in_the_site_is_named_with_its_licence() -> None:
    """Fonts and theme always, and each package of the scripts."""
    parts = {part.name: part for part in list_parts(MODULES, ["vega-view", "d3-array"])}
    lock = json.loads((PROJECT / "package-lock.json").read_text())["packages"]

    assert list(parts) == [
        *("d3-array", "@fontsource/noto-sans", "@fontsource/noto-sans-sc"),
        *("mkdocs-material", "vega-view"),
    ]
    for name in set(parts) - {"mkdocs-material"}:
        assert parts[name].version == lock[f"node_modules/{name}"]["version"]
        assert parts[name].licence == lock[f"node_modules/{name}"]["license"]
    assert {part.licence for part in parts.values()} <= KNOWN
    assert all("ermission" in part.text for part in parts.values())


def test_a_package_that_is_not_there_is_said(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(WriteFailed, match="is not installed; run `make"):
        list_parts(tmp_path, [])


ONE = Part("@a/b", "1.0", "MIT", "npm", "Text of b.")
TWO = Part("c", "2.1", "ISC", "pypi", "Text of c.")
THREE = Part("d", "3", "MIT", "npm", "Text of b.")


def test_a_text_that_parts_share_stands_once() -> None:
    """With the names of all that it covers."""
    written = write_licences([ONE, TWO, THREE])

    assert written.count("Text of b.") == written.count("Text of c.") == 1
    assert "@a/b, d\n\nText of b." in written
    assert "c 2.1: ISC\n" in written


def test_the_bill_names_each_part_by_its_address() -> None:
    """As package URLs and CycloneDX have it."""
    bill = json.loads(write_bill([ONE, TWO], "A report", "2026"))
    addresses = [component["purl"] for component in bill["components"]]

    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert addresses == ["pkg:npm/%40a/b@1.0", "pkg:pypi/c@2.1"]
    assert all(re.fullmatch(r"pkg:(npm|pypi)/[^@\s]+@\S+", address) for address in addresses)
    assert bill["components"][0]["licenses"] == [{"expression": "MIT"}]
    assert len({component["bom-ref"] for component in bill["components"]}) == 2


def test_the_notice_names_every_library_of_the_builder() -> None:
    """A library that comes is named under its licence; one that has gone is not."""
    notice = (PROJECT / "NOTICE").read_text()
    named = {
        name
        for line in re.findall(r"^[A-Z0-9][^:\n]*: ((?:.*\n)(?:  .*\n)*)", notice, re.MULTILINE)
        for name in re.split(r",\s+", line.strip())
    }
    requirements = (PROJECT / "requirements.txt").read_text()
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", requirements, re.MULTILINE))
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    for path, package in packages.items():
        name = path.rpartition("node_modules/")[2]
        if name and not package.get("dev"):
            locked.add("@esbuild/*" if name.startswith("@esbuild/") else name)

    assert named == locked


def test_the_statement_names_the_tools_that_are_installed() -> None:
    """What the page of accessibility says of versions is what the lock says."""
    statement = (PROJECT / "templates" / "pages" / "accessibility.md.jinja").read_text()
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    for name in ("axe-core", "html-validate"):
        assert f"{name} {packages[f'node_modules/{name}']['version']}" in statement
