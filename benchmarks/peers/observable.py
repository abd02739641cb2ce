"""Observable Framework with Plot, without the network.

Its usual imports fetch libraries from another host while it builds. Here Plot comes from what npm
has installed, which it offers as well, and its search's library is laid where it keeps what it has
fetched. Libraries that it has packed stay between builds, as installed ones do elsewhere.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.peers.peer import LIBRARIES, Peer, find_library
from benchmarks.workload import FIRST, FORMS, make_sheets, write

_PROGRAM = "@observablehq/framework/dist/bin/observable.js"
_MARKS = {
    "line": 'Plot.lineY(values.line, {x: "year", y: "value", stroke: "part", tip: true})',
    "bars": 'Plot.barY(values.bars, {x: "year", y: "value", fill: "part", tip: true})',
    "scatter": 'Plot.dot(values.scatter, {x: "b", y: "c", tip: true})',
}


class Observable(Peer):
    """Pages whose charts Plot draws in the reader's browser."""

    name = "Observable Framework with Plot"
    keeps = "libraries"
    charts = 'svg[class^="plot"]'
    environment = {"OBSERVABLE_TELEMETRY_DISABLE": "true"}  # noqa: RUF012 - never changed

    def find_lack(self) -> str:
        """Node.js, and its packages."""
        if shutil.which("node") is None:
            return "Node.js is not installed"
        needed = ("@observablehq/framework", "@observablehq/plot", "minisearch")
        return next(filter(None, map(find_library, needed)), "")

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """A page of Markdown each, with a file of values."""
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "node_modules").is_symlink():
            (folder / "node_modules").symlink_to(LIBRARIES)
        settings = {"title": "Peer", "root": "src", "output": "site", "search": True}
        settings |= {"globalStylesheets": [], "typescript": False}
        write(folder / "package.json", json.dumps({"type": "module", "private": True}))
        write(folder / "observablehq.config.js", f"export default {json.dumps(settings)}\n")
        search = LIBRARIES / "minisearch"
        version = json.loads((search / "package.json").read_text("utf-8"))["version"]
        laid = folder / f"src/.observablehq/cache/_npm/minisearch@{version}/_esm.js"
        write(laid, (search / "dist/es/index.js").read_text("utf-8"))
        write(folder / "src/index.md", "# Home\n")
        for sheet in make_sheets(pages, shift):
            file = f"{sheet.name}.json"
            points = {form: sheet.list_points(form) for form in ("line", "bars")}
            pairs = [{"year": year, "b": b, "c": c} for year, _, b, c in sheet.rows]
            write(folder / "src" / file, json.dumps({**points, "scatter": pairs}))
            begin = 'import * as Plot from "@observablehq/plot";\n'
            begin += f'const values = await FileAttachment("{file}").json();'
            charts = [f"display(Plot.plot({{marks: [{_MARKS[form]}]}}));" for form in FORMS]
            code = "\n\n".join(f"```js\n{text}\n```" for text in [begin, *charts])
            words = f"# {sheet.title}\n\n{sheet.speak()}\n\n{sheet.tabulate()}\n\n{code}\n"
            write(folder / "src" / f"{sheet.name}.md", words)

    def build(self, folder: Path) -> list[str]:  # noqa: ARG002 - it is run there
        """Build all pages: it keeps none."""
        return ["node", str(LIBRARIES / _PROGRAM), "build"]

    def find_page(self) -> str:
        """A file for each page."""
        return f"{FIRST}.html"
