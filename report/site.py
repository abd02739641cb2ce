"""Documents rendered into a site by MkDocs (or a program that takes its place), and finished.

One of the few modules that touch the outside: it runs the renderer on a staging folder, then puts
the drawings in the place of their placeholders and judges the result. Knows HTML as text and the
layout of a site; knows nothing of data, figures or words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from report.problems import WriteFailed
from report.writing import explain, write_files

TIMEOUT = 120
_PLACEHOLDER = re.compile(r'(?:<p>)?<div data-figure="([^"]+)"></div>(?:</p>)?')
UNWANTED = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""Files of the renderer that are wrong below a folder: the site has its own at its root."""


@dataclass(frozen=True, slots=True)
class SiteSource:
    """All that one edition in one language is made of, before rendering."""

    language: str
    edition: str
    title: str
    clock: int
    """The build's time, in seconds since 1970: that of the edition's release."""
    documents: Mapping[str, str]
    """Markdown by path, e.g. `pathways/x.md`."""
    files: Mapping[str, bytes]
    """Other files by path below the edition's site."""
    navigation: list[Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Values that the theme's templates may show."""


@dataclass(slots=True)
class Rendering:
    """A renderer at work on one edition, while the drawings are made."""

    process: subprocess.Popen[bytes]
    log: Path
    output: Path
    renderer: str
    started: float

    def wait(self) -> Path:
        """The folder of rendered pages; raises WriteFailed with the renderer's last lines."""
        left = max(0.0, self.started + TIMEOUT - time.monotonic())
        try:
            status = self.process.wait(left)
        except subprocess.TimeoutExpired:
            self.stop()
            message = f"{self.renderer} did not end within {TIMEOUT} seconds; the site is as it was"
            raise WriteFailed(message) from None
        if status:
            lines = self.log.read_text(errors="replace").strip().split("\n")
            shown = "\n".join(f"  {line}" for line in lines[-12:] if line.strip())
            shown = shown.replace(f"{self.output.parent}/", "")
            message = f"{self.renderer} could not render the site (status {status}):\n{shown}"
            raise WriteFailed(message)
        return self.output

    def stop(self) -> None:
        """End the renderer, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def start_render(
    source: SiteSource, settings: Path, theme: Path, workspace: Path, renderer: str
) -> Rendering:
    """Write the documents into a workspace and start the renderer there.

    `settings` is the project's mkdocs.yml, `theme` the folder of theme overrides.
    """
    documents = {f"docs/{path}": text.encode() for path, text in source.documents.items()}
    write_files(workspace, documents)
    output, log = workspace / "rendered", workspace / "renderer.log"
    configuration = _configure(source, settings, theme, workspace)
    write_files(workspace, {"mkdocs.yml": configuration})
    command = [sys.executable, "-m", renderer, "build", "--strict", "--quiet"]
    command += ["--config-file", str(workspace / "mkdocs.yml")]
    if renderer == "zensical":
        command = [arg for arg in command if arg != "--quiet"]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(workspace),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(source.clock),
    }
    try:
        with log.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603 - a fixed program with paths of our own
                command, cwd=workspace, env=environment, stdout=stream, stderr=stream
            )
    except OSError as error:
        raise explain(error, workspace) from error
    return Rendering(process, log, output, renderer, time.monotonic())


def _configure(source: SiteSource, settings: Path, theme: Path, workspace: Path) -> bytes:
    """The project's settings with what belongs to this edition and language, as JSON (a YAML)."""
    try:
        base: dict[str, Any] = YAML(typ="safe", pure=True).load(settings.read_text())
    except OSError as error:
        raise explain(error, settings) from error
    base |= {
        "site_name": source.title,
        "docs_dir": str(workspace / "docs"),
        "site_dir": str(workspace / "rendered"),
        "nav": source.navigation,
        "extra": {**base.get("extra", {}), **source.extra},
    }
    base["theme"] = {**base["theme"], "language": source.language, "custom_dir": str(theme)}
    return json.dumps(base, ensure_ascii=False, indent=1).encode()


def finish_pages(
    rendered: Path, source: SiteSource, figures: Mapping[str, Mapping[str, str]]
) -> None:
    """Put figures in their places, add the other files, and drop what is wrong below a folder.

    `figures` holds the HTML of each figure by document and then by figure. A placeholder without a
    figure, or a figure without its placeholder, is a fault of the program and stops the build.
    """
    for name in UNWANTED:
        (rendered / name).unlink(missing_ok=True)
    for path in sorted(rendered.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        address = path.relative_to(rendered).as_posix().removesuffix("index.html")
        wanted = dict(figures.get(address, {}))
        html = _PLACEHOLDER.sub(lambda found: wanted.pop(found[1], found[0]), html)  # noqa: B023
        if wanted or _PLACEHOLDER.search(html):
            left = ", ".join(wanted) or "a placeholder"
            raise WriteFailed(f"{address or 'index.html'}: {left} was not put in its place")
        path.write_text(html, encoding="utf-8", newline="\n")
    shutil.rmtree(rendered / "assets" / "images", ignore_errors=True)
    write_files(rendered, source.files)


def write_versions(folder: Path, editions: list[tuple[str, str]], newest: str) -> None:
    """`versions.json` as Material's version menu and mike read it, newest first."""
    versions = [
        {"version": name, "title": title, "aliases": ["latest"] if name == newest else []}
        for name, title in sorted(editions, reverse=True)
    ]
    write_files(folder, {"versions.json": json.dumps(versions, indent=1).encode() + b"\n"})
