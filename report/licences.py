"""The parts of a site that others have made, with their versions and licences.

One of the few modules that touch the outside: it reads what is installed. Knows which libraries put
files of their own into a site; knows nothing of what they do there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from report.problems import WriteFailed

LICENCES, BILL = "assets/licences.txt", "assets/sbom.cdx.json"
"""Files of each edition: licences with their texts, and the bill of materials."""
FONTS = ("@fontsource/noto-sans", "@fontsource/noto-sans-sc")
THEME = "mkdocs-material"
_TEXTS = re.compile(r"(?:LICEN[CS]E|COPYING|NOTICE)(?:[.-].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A library of which files, or pieces of files, are in a site."""

    name: str
    version: str
    licence: str
    """As SPDX names it, e.g. `BSD-3-Clause`."""
    ecosystem: str
    """`npm` or `pypi`."""
    text: str
    """The licence as it comes with the library."""

    @property
    def address(self) -> str:
        """The part's package URL: https://github.com/package-url/purl-spec."""
        return f"pkg:{self.ecosystem}/{self.name.replace('@', '%40')}@{self.version}"


def list_parts(modules: Path, bundled: Iterable[str]) -> list[Part]:
    """The parts of a site by name: the theme, the fonts, and the npm packages in its scripts.

    `modules` is the folder into which npm installs. Raises WriteFailed where one is not installed.
    """
    parts = [_read_npm(modules, name) for name in {*FONTS, *bundled}]
    return sorted([*parts, _read_theme()], key=lambda part: part.name.lstrip("@"))


def _read_npm(modules: Path, name: str) -> Part:
    folder = modules / name
    try:
        declared = json.loads((folder / "package.json").read_text("utf-8"))
        texts = [path for path in sorted(folder.iterdir()) if _TEXTS.fullmatch(path.name)]
        text = "\n\n".join(path.read_text("utf-8").strip() for path in texts)
    except (OSError, ValueError) as error:
        message = f"{folder}: the package is not installed; run `make node_modules/.ready`"
        raise WriteFailed(message) from error
    return Part(name, declared["version"], declared["license"], "npm", text)


def _read_theme() -> Part:
    try:
        found = distribution(THEME)
    except PackageNotFoundError as error:
        raise WriteFailed(f"{THEME} is not installed; run `make ready`") from error
    # Its own list of files names eleven thousand icons, and takes a tenth of a second to read.
    name = f"{THEME.replace('-', '_')}-{found.version}.dist-info"
    folder = Path(str(found.locate_file(name))) / "licenses"
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    text = "\n\n".join(path.read_text("utf-8").strip() for path in paths)
    licence = found.metadata["License-Expression"] or found.metadata["License"]
    return Part(THEME, found.version, licence, "pypi", text)


def write_licences(parts: Sequence[Part]) -> str:
    """All licences, for people: a list, then each text once with the parts that it covers."""
    lines = ["Parts of this site that others have made, each under its own licence.", ""]
    lines += [f"{part.name} {part.version}: {part.licence}" for part in parts]
    for text in dict.fromkeys(part.text for part in parts if part.text):
        covered = ", ".join(part.name for part in parts if part.text == text)
        lines += ["", "-" * 78, covered, "", text]
    return "\n".join(lines) + "\n"


def write_bill(parts: Sequence[Part], title: str, version: str) -> str:
    """The bill of materials as CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/."""
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "data", "name": title, "version": version}},
        "components": [
            {
                "type": "library",
                "bom-ref": part.address,
                "name": part.name,
                "version": part.version,
                "purl": part.address,
                "licenses": [{"expression": part.licence}],
            }
            for part in parts
        ],
    }
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"
