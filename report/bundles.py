"""The scripts of live charts, each bundled into one file with what it needs from npm.

One of the few modules that touch the outside: it reads the scripts and `node_modules`, and runs
esbuild's own program from there, which needs no Node. Knows which parts of Vega no figure needs;
knows nothing of figures or pages.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from report.keeping import keep, recall
from report.problems import WriteFailed
from report.reading import list_inputs
from report.scratch import open_scratch

SCRIPTS = ("charts.js", "charts-live.js")
"""What a page asks for: at once, and when a reader comes near."""
_PACKAGES = "packages"
"""Under this name the list of packages is kept beside the scripts."""
LEFT_OUT = {
    "d3-scale-chromatic": "no-schemes.js",
    **dict.fromkeys(("d3-dsv", "d3-ease", "d3-geo", "topojson-client"), "no-part.cjs"),
    **dict.fromkeys(("vega-event-selector", "vega-selections", "vega-statistics"), "no-part.cjs"),
}
"""Parts of Vega that only maps, statistics, remote tables, colour schemes and selections need, each
with the script that stands in its place."""
PROGRAMS = ("bin/esbuild", "esbuild.exe")
_PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/(?!.*node_modules/)")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Scripts, and what is in them of others."""

    files: Mapping[str, bytes]
    """The scripts by path below an edition's site."""
    packages: tuple[str, ...]
    """The npm packages of which something is in a script, in order."""


def bundle_scripts(sources: Path, modules: Path, licences: str, cache: Path | None) -> Bundle:
    """The bundled scripts; `licences` is the file that each names as that of its licences.

    `sources` is the folder of the scripts, `modules` the one into which npm installs, `cache` one
    of what is kept from earlier runs. Raises WriteFailed where npm has not been run.
    """
    key, names = _name_inputs(sources, modules, licences), (*SCRIPTS, _PACKAGES)
    kept = {name: recall(cache, f"{key}-{name}", ".kept") for name in names} if cache else {}
    made: Mapping[str, bytes] = {
        name: content for name, content in kept.items() if content is not None
    }
    if len(made) < len(names):
        made = _bundle(sources, modules, licences, key)
        if cache is not None:
            for name in names:
                keep(cache, f"{key}-{name}", ".kept", made[name])
    files = {f"assets/{name}": made[name] for name in SCRIPTS}
    return Bundle(files, tuple(made[_PACKAGES].decode().split()))


def _name_inputs(sources: Path, modules: Path, licences: str) -> str:
    """A name for all that the bundles are made from: scripts, how, and what npm has installed."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + licences.encode())
    try:
        digest.update((modules / ".package-lock.json").read_bytes())
    except OSError as error:
        raise _explain(modules) from error
    for path in list_inputs(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _explain(modules: Path) -> WriteFailed:
    return WriteFailed(
        f"{modules}: what draws live charts is not installed; run `make node_modules/.ready`"
    )


def _find_program(modules: Path) -> Path:
    """The program itself; the one of the same name beside it is a script for Node."""
    found = [p for name in PROGRAMS for p in sorted((modules / "@esbuild").glob(f"*/{name}"))]
    if not found:
        raise _explain(modules)
    return found[0]


@lru_cache(maxsize=1)
def _bundle(sources: Path, modules: Path, licences: str, _key: str) -> Mapping[str, bytes]:
    """Each script with all that it imports, small, and the list of what it holds of others.

    It is made once for all editions in all languages, as long as what it is made from is the same.
    """
    program = _find_program(modules)
    with open_scratch() as folder:
        command = [
            *(str(program.absolute()), *(str((sources / one).absolute()) for one in SCRIPTS)),
            *("--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"),
            *("--legal-comments=none", f"--banner:js=/*! {licences} */", "--log-level=error"),
            *(f"--outdir={folder / 'out'}", f"--metafile={folder / 'parts.json'}"),
            *(f"--alias:{one}={(sources / other).absolute()}" for one, other in LEFT_OUT.items()),
        ]
        environment = {"NODE_PATH": str(modules.absolute()), "GOMAXPROCS": "2"}
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                said = " ".join(done.stderr.split())[:300]
                raise WriteFailed(f"{sources}: the scripts cannot be bundled: {said}")
            parts = json.loads((folder / "parts.json").read_text(encoding="utf-8"))["inputs"]
            made = {one: (folder / "out" / one).read_bytes() for one in SCRIPTS}
            names = sorted({found[1] for part in parts if (found := _PACKAGE.search(part))})
            return {**made, _PACKAGES: " ".join(names).encode()}
        except OSError as error:
            message = f"{error.filename or program}: the scripts cannot be bundled"
            raise WriteFailed(f"{message}: {error.strerror}") from error
