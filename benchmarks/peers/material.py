"""MkDocs Material on the same pages: bare, on composed Markdown, with vega-embed; and Zensical.

Bare MkDocs without any figure is the floor that all are measured against.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.peers.peer import LIBRARIES, PROJECT, Peer, find_library
from benchmarks.workload import FIRST, FORMS, Sheet, make_sheets, write, write_report
from report.composition import Settings, Volume, compose_report

EMBED = ("vega", "vega-lite", "vega-embed")


class Floor(Peer):
    """MkDocs with Material and its search: the words and the table, no figure."""

    name = "floor: bare MkDocs Material, no figures"
    keeps = "nothing"

    def find_lack(self) -> str:
        """Nothing: the project builds with it."""
        return ""

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """A page of Markdown each."""
        for sheet in make_sheets(pages, shift):
            write(folder / "docs" / f"{sheet.name}.md", self.compose(sheet, folder))
        write(folder / "docs/index.md", "# Home\n")
        write(folder / "mkdocs.yml", json.dumps(self.configure()))

    def compose(self, sheet: Sheet, folder: Path) -> str:  # noqa: ARG002 - others have more
        """What stands on a page."""
        return f"# {sheet.title}\n\n{sheet.speak()}\n\n{sheet.tabulate()}\n"

    def configure(self) -> dict[str, Any]:
        """Its settings."""
        theme = {"name": "material", "font": False}
        return {"site_name": "Floor", "theme": theme, "plugins": ["search"]}

    def build(self, folder: Path) -> list[str]:  # noqa: ARG002 - it is run there
        """Build all pages."""
        return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]

    def find_page(self) -> str:
        """A folder for each page."""
        return f"{FIRST}/index.html"


class Composed(Floor):
    """The very Markdown that this project composes, with its settings but without its theme.

    Figures are places that hold nothing: what MkDocs alone needs of a build of this project.
    """

    name = "bare MkDocs Material on this project's Markdown, no figures"
    visited = False  # without the project's own files

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """The documents of the made-up report."""
        root = folder / "report"
        write_report(root, pages, shift=shift)
        asked = Settings(
            root,
            PROJECT,
            folder / "site",
            dt.datetime.now(dt.UTC).date(),
            use_cache=False,
            whole=False,
        )
        _, [volume] = compose_report(asked)
        write_words(folder, volume)

    def find_page(self) -> str:
        """In the folder of its kind."""
        return f"orchards/{FIRST}/index.html"

    def tell_changed(self, pages: int, shift: int) -> str:  # noqa: ARG002 - the peer's arguments
        """Nothing: values stand in figures, which it has not."""
        return ""


def write_words(folder: Path, volume: Volume, **more: str) -> None:
    """What bare MkDocs renders of a volume, with the project's settings and some more."""
    for path, text in volume.documents.markdown.items():
        write(folder / "docs" / path, text)
    own = YAML(typ="safe", pure=True).load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    own |= {"docs_dir": "docs", "nav": volume.documents.navigation, "extra_css": [], **more}
    own["theme"] |= {"favicon": "assets/images/favicon.png"}
    write(folder / "mkdocs.yml", json.dumps(own))


class VegaEmbed(Floor):
    """Altair's specifications in the page, drawn by vega-embed in the reader's browser."""

    name = "MkDocs Material with Altair and vega-embed"
    charts = ".vega-embed .marks"

    def find_lack(self) -> str:
        """What draws in the browser."""
        return next(filter(None, map(find_library, EMBED)), "")

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """The pages, the values of their charts, the hook that makes these, and the libraries."""
        super().write(folder, pages, shift)
        write(folder / "plots.py", (Path(__file__).parent / "plots.py").read_text("utf-8"))
        for library in EMBED:
            script = LIBRARIES / library / "build" / f"{library}.min.js"
            write(folder / "docs/js" / script.name, script.read_text("utf-8"))

    def compose(self, sheet: Sheet, folder: Path) -> str:
        """The same, with a line for each chart."""
        values = f"values/{sheet.name}.json"
        points = {form: sheet.list_points(form) for form in FORMS}
        write(folder / values, json.dumps(points))
        charts = "\n\n".join(f"chart {form} of {values}" for form in FORMS)
        return f"{super().compose(sheet, folder)}\n{charts}\n"

    def configure(self) -> dict[str, Any]:
        """With the hook and the scripts."""
        scripts = [f"js/{library}.min.js" for library in EMBED]
        return {**super().configure(), "hooks": ["plots.py"], "extra_javascript": scripts}


class Zensical(Floor):
    """Zensical on the floor's pages, without any figure."""

    name = "bare Zensical, no figures"
    keeps = "pages"

    def find_lack(self) -> str:
        """Zensical."""
        found = importlib.util.find_spec("zensical")
        return "" if found else "zensical is not installed: make bench-peers"

    def build(self, folder: Path) -> list[str]:  # noqa: ARG002 - it is run there
        """Build what has changed."""
        return [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml"]

    def clear(self, folder: Path) -> None:
        """Its cache as well."""
        super().clear(folder)
        shutil.rmtree(folder / ".cache", ignore_errors=True)
