"""Sphinx with sphinxext-altair, in a Python of its own.

Its charts are drawn by vega-embed in the reader's browser, here from the same host.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.peers.material import EMBED
from benchmarks.peers.peer import LIBRARIES, PROJECT, Peer, find_library
from benchmarks.workload import FIRST, FORMS, Sheet, make_sheets, write

PYTHON = PROJECT / "benchmarks" / ".venv-sphinx" / "bin" / "python"
_SETTINGS = """import sys
sys.path.insert(0, {folder!r})
project = "Peer"
extensions = ["sphinxext_altair.altairplot"]
html_static_path = ["js"]
altairplot_vega_js_url = "vega.min.js"
altairplot_vegalite_js_url = "vega-lite.min.js"
altairplot_vegaembed_js_url = "vega-embed.min.js"
"""


class SphinxAltair(Peer):
    """Pages in reStructuredText, whose charts Altair declares when they are written."""

    name = "Sphinx with sphinxext-altair"
    keeps = "documents it has read"
    charts = ".vega-embed .marks"

    def find_lack(self) -> str:
        """Its Python, and what draws in the browser."""
        if not PYTHON.is_file():
            return "Sphinx is not installed: make bench-peers"
        return next(filter(None, map(find_library, EMBED)), "")

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """A document each, with a file of values."""
        source = folder / "source"
        write(source / "conf.py", _SETTINGS.format(folder=str(folder)))
        write(folder / "plots.py", (Path(__file__).parent / "plots.py").read_text("utf-8"))
        for library in EMBED:
            script = LIBRARIES / library / "build" / f"{library}.min.js"
            write(source / "js" / script.name, script.read_text("utf-8"))
        sheets = make_sheets(pages, shift)
        listed = "\n".join(f"   {sheet.name}" for sheet in sheets)
        write(source / "index.rst", f"Home\n====\n\n.. toctree::\n\n{listed}\n")
        for sheet in sheets:
            values = folder / "values" / f"{sheet.name}.json"
            points = {form: sheet.list_points(form) for form in FORMS}
            write(values, json.dumps(points))
            write(source / f"{sheet.name}.rst", _compose(sheet, values))

    def build(self, folder: Path) -> list[str]:  # noqa: ARG002 - it is run there
        """Read and write what has changed."""
        return [str(PYTHON), "-m", "sphinx", "build", "-q", "-d", "kept", "source", "site"]

    def clear(self, folder: Path) -> None:
        """What it has read as well."""
        super().clear(folder)
        shutil.rmtree(folder / "kept", ignore_errors=True)

    def find_page(self) -> str:
        """A file for each page."""
        return f"{FIRST}.html"


def _compose(sheet: Sheet, values: Path) -> str:
    rows = "\n".join(f"   {year},{a:.3f},{b:.3f},{c:.3f}" for year, a, b, c in sheet.rows)
    table = f".. csv-table::\n   :header: Year,a,b,c\n\n{rows}\n"
    charts = "\n".join(
        ".. altair-plot::\n   :remove-code:\n   :links: none\n   :strict:\n\n"
        f"   from plots import plot\n   plot({form!r}, {str(values)!r})\n"
        for form in FORMS
    )
    line = "=" * len(sheet.title)
    return f"{sheet.title}\n{line}\n\n{sheet.speak()}\n\n{table}\n{charts}"
