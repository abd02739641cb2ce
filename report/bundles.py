"""The scripts of live charts, each bundled into one file with what it needs from npm.

One of the few modules that touch the outside: it reads the scripts and `node_modules`, and runs
esbuild's own program from there, which needs no Node. Knows which parts of Vega no figure needs;
knows nothing of figures or pages.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from report.keeping import keep, recall
from report.problems import WriteFailed
from report.reading import list_inputs

SCRIPTS = {"charts.js": "assets/charts.js", "charts-live.js": "assets/charts-live.js"}
"""Each script that a page asks for, with its path below an edition's site."""
LEFT_OUT = {
    "d3-scale-chromatic": "no-schemes.js",
    **dict.fromkeys(("d3-dsv", "d3-ease", "d3-geo", "topojson-client"), "no-part.cjs"),
    **dict.fromkeys(("vega-event-selector", "vega-selections", "vega-statistics"), "no-part.cjs"),
}
"""Parts of Vega that only maps, statistics, remote tables, colour schemes and selections need, each
with the script that stands in its place."""
PROGRAMS = ("bin/esbuild", "esbuild.exe")


def bundle_scripts(sources: Path, modules: Path, cache: Path | None) -> dict[str, bytes]:
    """The bundled scripts by path below an edition's site.

    `sources` is the folder of the scripts, `modules` the one into which npm installs, `cache` one
    of what is kept from earlier runs. Raises WriteFailed where npm has not been run.
    """
    key = _name_inputs(sources, modules)
    kept = {name: recall(cache, f"{key}-{name}", ".js") for name in SCRIPTS} if cache else {}
    if all(kept.get(name) is not None for name in SCRIPTS):
        return {path: kept[name] or b"" for name, path in SCRIPTS.items()}
    made = _bundle(sources, modules)
    if cache is not None:
        for name in SCRIPTS:
            keep(cache, f"{key}-{name}", ".js", made[name])
    return {path: made[name] for name, path in SCRIPTS.items()}


def _name_inputs(sources: Path, modules: Path) -> str:
    """A name for all that the bundles are made from: scripts, how, and what npm has installed."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
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


def _bundle(sources: Path, modules: Path) -> Mapping[str, bytes]:
    """Each script with all that it imports, small."""
    program = _find_program(modules)
    with tempfile.TemporaryDirectory(prefix="charts-") as name:
        folder = Path(name)
        command = [
            *(str(program.absolute()), *(str((sources / one).absolute()) for one in SCRIPTS)),
            *("--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"),
            *("--legal-comments=none", "--log-level=error", f"--outdir={folder / 'out'}"),
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
            return {one: (folder / "out" / one).read_bytes() for one in SCRIPTS}
        except OSError as error:
            message = f"{program}: the scripts cannot be bundled: {error.strerror}"
            raise WriteFailed(message) from error
