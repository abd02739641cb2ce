"""Documents rendered into a site by MkDocs (or a program that takes its place), and finished.

One of the few modules that touch the outside: it sets the renderer to work on a staging folder,
then puts the drawings in the place of their placeholders and gives each page its security policy.
Knows HTML as text and the layout of a site; knows nothing of data, figures or words.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from report.addresses import to_address
from report.deferring import INDEX, defer_index
from report.editions import order_edition
from report.impressions import SPARING, Impressions
from report.mending import mend_page
from report.policies import add_policy
from report.problems import WriteFailed
from report.remembering import PASSING, Memory
from report.renderer import Renderer
from report.stylesheets import join_styles
from report.takeovers import Below
from report.text import escape_html
from report.writing import explain, write_files

_PLACEHOLDER = re.compile(r'<div data-figure="([^"]+)"></div>')
_PARAGRAPH = re.compile(r'<p>(<div data-figure="[^"]+"></div>)</p>')
"""What the renderer may put around a placeholder."""
_ALIGNED = re.compile(r'(<t[hd]) style="text-align: (left|center|right);"')
_UPWARD = re.compile(r'((?:\bhref|\bsrc)="|\]\()(?:\.\./(?![^")\s]*\.md\b)|\./(?=#))')
"""An address that begins one folder up, but for names of documents, or leads to a place here."""
_INWARD = re.compile(
    r'((?:\bhref|\bsrc)="|\]\()(?![a-z]+:|[#/.]|[^")\s]*\.md\b)(?=[^")\s]+\.[a-z]+["#)])'
)
"""An address of a file that lies where the page will lie."""
_HERE = re.compile(r'((?:\bhref|\bsrc)="|\]\()\./(?=[")])')
"""The address of the page itself."""
_PLAIN_TITLE = re.compile(r"[\w ,.:;()'\u2013\u2014\u2019-]*\w")
_HELD = re.compile(r"held-title-[0-9a-f]{32}")
"""Stands for a title that is more than plain words, which themes put into pages unescaped."""
_SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?")
HEAD = '<meta name="head">'
"""Stands in the theme's forms for what a page's head says to others."""
UNWANTED = ("404.html", "sitemap.xml.gz")
"""What the renderer adds that is wrong below a folder, or that nobody asks for.

`sitemap.xml` stays: by it the menu of editions finds the same page in another one.
"""


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
    navigation: list[Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Values that the theme's templates may show; `words` holds its words in this language."""
    url: str = ""
    """Where the whole site is published, for the address that each page gives as its own."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Other files by path below the edition's site, which only finishing asks for."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """The HTML of what each page's head says to others, by address; only finishing asks for it."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the documents are called, by path."""


def start_render(  # noqa: PLR0913, PLR0917 - a renderer, and all that it reads
    renderer: Renderer,
    source: SiteSource,
    settings: Path,
    theme: Path,
    workspace: Path,
    impressions: Impressions | None = None,
) -> Path:
    """Write the documents into a workspace and let the renderer begin; gives where pages will be.

    `settings` is the project's mkdocs.yml, `theme` the folder of theme overrides. Pages that
    `impressions` holds are not rendered again.
    """
    configured = _configure(source, settings, theme)
    write_files(workspace, {"mkdocs.yml": configured})
    documents = {
        f"docs/{path}": _fit_addresses(renderer.name, path, text).encode()
        for path, text in source.documents.items()
    }
    write_files(workspace, documents)
    rendered = workspace / "rendered"
    spares = impressions is not None and renderer.name in SPARING
    if impressions is not None and spares:
        spares = impressions.lay(source.documents, configured, theme, rendered)
    arguments = [
        "build",
        "--dirty" if spares else "--strict",
        "--config-file",
        str(workspace / "mkdocs.yml"),
    ]
    log, count = workspace / "renderer.log", len(documents)
    renderer.start(workspace, arguments, log, source.clock, count)
    return rendered


def end_render(renderer: Renderer, rendered: Path, impressions: Impressions | None = None) -> None:
    """Wait until all pages are there; keep those that were rendered."""
    renderer.wait()
    if impressions is not None and renderer.name in SPARING:
        impressions.gather(rendered)


def _fit_addresses(renderer: str, path: str, text: str) -> str:
    """A document whose addresses the renderer leads where they are meant to lead.

    Addresses hold where the page will lie. Zensical takes all of them, also those in HTML, to hold
    where the document lies, and puts one folder up before those of a page with a folder of its own:
    so that one is taken away, and what lies in the folder gets its name, as has the folder itself.
    """
    if renderer != "zensical" or path.rpartition("/")[2] == "index.md":
        return text
    folder = to_address(path).rstrip("/").rpartition("/")[2]
    for inside in (_INWARD, _HERE):
        text = inside.sub(rf"\g<1>{folder}/", text)
    return _UPWARD.sub(r"\1", text)


def _configure(source: SiteSource, settings: Path, theme: Path) -> bytes:
    """The project's settings with what belongs to this edition and language, as JSON (a YAML)."""
    try:
        base: dict[str, Any] = YAML(typ="safe", pure=True).load(settings.read_text("utf-8"))
        looks = {**base["theme"], "language": source.language, "custom_dir": str(theme)}
    except OSError as error:
        raise explain(error, settings) from error
    except (YAMLError, TypeError, LookupError, ValueError) as error:
        said = " ".join(str(error).split())
        raise WriteFailed(f"{settings}: these are no settings of the renderer: {said}") from error
    words = source.extra.get("words", {})
    palette = looks.get("palette", ())
    for choice in palette if isinstance(palette, list) else ():
        toggle = choice.get("toggle", {})
        if "name" in toggle:
            toggle["name"] = words.get(toggle["name"], toggle["name"])
    base |= {
        "site_name": _hold_title(source.title),
        "docs_dir": "docs",  # below the settings: one renderer takes no whole paths
        "site_dir": "rendered",
        "nav": [_name_pages(item, source.titles) for item in source.navigation],
        "theme": looks,
        "extra": {**base.get("extra", {}), **source.extra},
    }
    if source.url:
        base["site_url"] = f"{source.url}{source.language}/{source.edition}/"
    return json.dumps(base, ensure_ascii=False, indent=1).encode()


def _name_pages(item: Any, titles: Mapping[str, str]) -> Any:
    """A part of the navigation whose pages have their titles.

    The renderer would take them from the documents, which it does not read for pages it spares.
    """
    if isinstance(item, str):
        return {_hold_title(titles[item]): item} if item in titles else item
    return {
        _hold_title(title): [_name_pages(one, titles) for one in below]
        if isinstance(below, list)
        else below
        for title, below in item.items()
    }


def _hold_title(title: str) -> str:
    """A title of plain words, or what stands for it until its page is finished."""
    if _PLAIN_TITLE.fullmatch(title):
        return title
    return f"held-title-{hashlib.sha256(title.encode()).hexdigest()[:32]}"


def _list_titles(source: SiteSource) -> Iterator[str]:
    """All titles that the renderer is told."""
    yield source.title
    yield from source.titles.values()
    left = list(source.navigation)
    while left:
        for title, below in (item if isinstance(item := left.pop(), dict) else {}).items():
            yield title
            left += below if isinstance(below, list) else []


# Finishing what was rendered.


def finish_pages(
    rendered: Path,
    source: SiteSource,
    figures: Mapping[str, Mapping[str, str]],
    lay: Below | None = None,
    memory: Memory | None = None,
) -> None:
    """Put figures in their places, add the other files, and drop what is wrong below a folder.

    `figures` holds the HTML of each figure by document and then by figure. A placeholder without a
    figure, or a figure without its placeholder, is a fault of the program and stops the build. What
    `lay` has put in its place is not written; a page of which `memory` knows what it becomes is not
    even finished then.
    """
    for name in UNWANTED:
        (rendered / name).unlink(missing_ok=True)
    shutil.rmtree(rendered / "assets" / "images", ignore_errors=True)
    _lighten(rendered, source.language)
    left, sheets = set(figures), dict[str, bytes]()
    finisher, memory = _Finisher(rendered, source), memory or Memory()
    for path in sorted(rendered.rglob("*.html")):
        name = path.relative_to(rendered).as_posix()
        address, html = name.removesuffix("index.html"), path.read_text("utf-8")
        own = figures.get(address, {})
        left.discard(address)
        path.unlink()
        made_from = (address, html, source.heads.get(address, ""), *itertools.chain(*own.items()))
        question = (f"{PASSING}finished", finisher.frame, *made_from)
        digest, _, sheet = (memory.recall(*question) or b"").decode().partition(" ")
        is_known = digest and (not sheet or sheet in sheets)
        if is_known and lay is not None and lay.lay_known(name, digest, str(path)):
            continue
        finished, sheet, rules = finisher.finish(html, address, own)
        sheets |= {sheet: rules.encode()} if sheet else {}
        content = finished.encode()
        memory.keep(f"{hashlib.sha256(content).hexdigest()} {sheet}".encode(), *question)
        path.write_bytes(content)
    if left:
        raise WriteFailed(f"figures were drawn for pages that do not exist: {sorted(left)}")
    if INDEX in source.files:  # the search's own, which takes the place of the renderer's
        (rendered / INDEX).unlink(missing_ok=True)
    write_files(rendered, {**sheets, **source.files}, lay)


class _Finisher:
    """Finishes the pages of one edition in one language."""

    def __init__(self, rendered: Path, source: SiteSource) -> None:
        self.rendered, self.source = rendered, source
        self.titles = {_hold_title(title): escape_html(title) for title in _list_titles(source)}
        self._read = lru_cache(self._read_sheet)

    @cached_property
    def frame(self) -> str:
        """A hash of all that pages are finished with, beside their own heads and figures."""
        sheets = {
            PurePath(path.relative_to(self.rendered)) for path in self.rendered.rglob("*.css")
        }
        sheets |= {PurePath(name) for name in self.source.files if name.endswith(".css")}
        hashes = [
            f"{name} {hashlib.sha256(self._load(name.as_posix()) or b'').hexdigest()}"
            for name in sorted(sheets)
        ]
        said = [*self.titles.items(), self.source.extra.get("words")]
        return hashlib.sha256(repr([said, hashes]).encode()).hexdigest()

    def _load(self, name: str) -> bytes | None:
        place = self.rendered / name
        return self.source.files.get(name) or (place.read_bytes() if place.is_file() else None)

    def _read_sheet(self, name: str) -> str | None:
        found = self._load(name)
        return None if found is None else found.decode()

    def finish(self, html: str, address: str, figures: Mapping[str, str]) -> tuple[str, str, str]:
        """A finished page, and the path and the rules of its own sheet of styles."""
        html = _HELD.sub(lambda found: self.titles.get(found[0], found[0]), html)
        html = _place_figures(html, figures, address)
        html = html.replace(HEAD, self.source.heads.get(address, ""), 1)
        html = _ALIGNED.sub(r'\1 class="align-\2"', html)
        html = mend_page(html, self.source.extra.get("words", {}))
        html, sheet, rules = join_styles(html, address, self._read)
        return add_policy(html), sheet, rules


def _place_figures(html: str, figures: Mapping[str, str], address: str) -> str:
    """A page with each placeholder replaced by its figure, once."""
    wanted = dict(figures)

    def place(found: re.Match[str]) -> str:
        try:
            return wanted.pop(found[1])
        except KeyError:
            message = f"{address}index.html: there is no figure {found[1]!r} for its place"
            raise WriteFailed(message) from None

    if "data-figure" in html:
        html = _PLACEHOLDER.sub(place, _PARAGRAPH.sub(r"\1", html))
    if wanted:
        raise WriteFailed(f"{address}index.html: no place for the figure {', '.join(wanted)}")
    return html


def _lighten(rendered: Path, language: str) -> None:
    """Drop what no reader's browser asks for, such as source maps, and fetch the index late."""
    for path in sorted(rendered.rglob("*.map")):
        path.unlink()
        code = path.with_suffix("")
        if code.is_file():
            code.write_bytes(defer_index(_SOURCE_MAP.sub(b"", code.read_bytes())))
    if language == "en":  # the search's own language
        shutil.rmtree(rendered / "assets" / "javascripts" / "lunr", ignore_errors=True)


def write_versions(folder: Path, editions: list[tuple[str, str]], newest: str) -> None:
    """`versions.json` as Material's version menu and mike read it, newest first."""
    versions = [
        {"version": name, "title": title, "aliases": ["latest"] if name == newest else []}
        for name, title in sorted(editions, key=lambda one: order_edition(one[0]), reverse=True)
    ]
    write_files(folder, {"versions.json": json.dumps(versions, indent=1).encode() + b"\n"})
