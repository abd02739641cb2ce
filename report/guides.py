"""An edition for programs that read words: each page as Markdown, and `llms.txt`, their index.

Pure. Knows which documents there are, what they are called and where files of figures lie; how a
page becomes Markdown is the matter of `report.twins`. The form of `llms.txt` is that of
https://llmstxt.org. Addresses in it are whole, since it is read away from its site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from report.addresses import REGISTERS, locate_figure, relate_file, to_address
from report.downloads import FOLDER, Downloads
from report.languages import Catalogue
from report.model import FigureDeclaration, View
from report.periods import Period, parse_period
from report.remembering import PASSING, Memory
from report.sheets import Documents, PlacedFigure
from report.summaries import summarize
from report.twins import escape_words, translate_document

GUIDE = "llms.txt"
TWIN = "index.md"
LONG = frozenset({"data", "revisions", "sources"})
"""Registers that are so long that a reader of words may skip them."""
_MOST_SOURCES = 8


def write_guides(
    view: View,
    documents: Documents,
    downloads: Downloads,
    names: Mapping[str, str],
    memory: Memory | None = None,
) -> dict[str, bytes]:
    """Content by path below the edition; `names` are the titles of all documents.

    What `memory` knows of the same document is not translated again.
    """
    guide, memory = _Guide(view, documents, downloads, names), memory or Memory()
    files = {
        f"{to_address(document)}{TWIN}": guide.write_twin(document, text, memory).encode()
        for document, text in documents.markdown.items()
    }
    return files | {GUIDE: guide.write_index().encode()}


class _Guide:
    """Writes for one edition in one language."""

    def __init__(
        self, view: View, documents: Documents, downloads: Downloads, names: Mapping[str, str]
    ) -> None:
        self.view, self.documents, self.names = view, documents, names
        self.downloads = downloads
        self.catalogue: Catalogue = downloads.catalogue

    # A page.

    def write_twin(self, document: str, text: str, memory: Memory) -> str:
        """A page as Markdown, with a line below its title that says whose it is."""
        placed = [name for name, one in self.documents.figures.items() if one.document == document]
        told = {name: self._tell_figure(document, name) for name in placed}

        def translate() -> bytes:
            return translate_document(document, text, told.__getitem__).encode()

        figures = (part for pair in told.items() for part in pair)
        twin = memory.find(translate, f"{PASSING}twin", document, text, *figures).decode()
        title, _, rest = twin.partition("\n")
        return f"{title}\n\n> {self._say_origin(document)}\n{rest}"

    def _say_origin(self, document: str) -> str:
        subject = self.downloads.subject
        return self.catalogue.gettext(
            "From: %(title)s. %(url)s. Licence of the words: %(licence)s.",
            title=escape_words(subject.title),
            url=self.downloads.home + to_address(document),
            licence=escape_words(subject.licence),
        )

    def _tell_figure(self, document: str, name: str) -> str:
        """What stands for a drawing: its notes, its sources, and where its numbers are."""
        placed, say = self.documents.figures[name], self.catalogue.gettext
        lines = [escape_words(placed.notes)] if placed.notes else []
        if sources := self._list_sources(placed):
            lines.append(say("Sources: %(sources)s.", sources=escape_words("; ".join(sources))))
        links = [
            (say("numbers as CSV"), locate_figure(name, "csv")),
            (say("drawing"), locate_figure(name, "svg")),
        ]
        locate = self.downloads.locate
        shown = [f"[{words}]({relate_file(document, locate(path))})" for words, path in links]
        place = say("table on the page")
        shown.append(f"[{place}](./#plate-{name})")
        return "\n\n".join([*lines, ", ".join(shown)])

    def _list_sources(self, placed: PlacedFigure) -> list[str]:
        """Producers of what a figure draws, each once."""
        declared, report = placed.declaration, self.view.report
        names = {name for name in _find_sources(declared, self.view) if name in report.sources}
        producers = sorted({report.sources[name].producer for name in names}, key=str.casefold)
        if len(producers) > _MOST_SOURCES:
            more = len(producers) - _MOST_SOURCES
            words = self.catalogue.gettext("and %(count)s more", count=more)
            return [*producers[:_MOST_SOURCES], words]
        return producers

    # The index.

    def write_index(self) -> str:
        """`llms.txt`: what the report is, how to use it, and a link to each page and file."""
        subject, say = self.downloads.subject, self.catalogue.gettext
        registers = [f"{name}.md" for name in REGISTERS if f"{name}.md" in self.documents.markdown]
        parts = [
            f"# {escape_words(subject.title)}",
            f"> {escape_words(subject.description)}",
            say(
                "This edition shows what was published by %(day)s. Every number has a period, a "
                "source and the day on which it became known; quote them together. Pages are given "
                "as Markdown; the same address without `index.md` is the page for people.",
                day=subject.cut_off,
            ),
            say("To cite it: %(citation)s", citation=escape_words(subject.citation)),
            *self._list_kinds(),
            self._list_documents(
                say("Evidence and method"),
                [name for name in registers if name.removesuffix(".md") not in LONG],
            ),
            self._list_files(),
            self._list_documents(
                "Optional", [name for name in registers if name.removesuffix(".md") in LONG]
            ),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _list_kinds(self) -> Iterator[str]:
        """The first page, and then each kind of pages."""
        yield self._list_documents(self.catalogue.gettext("Home"), ["index.md"])
        for kind in self.view.report.declaration.kinds:
            pages = [page for page in self.view.report.pages if page.kind == kind.id]
            pages.sort(key=lambda page: (page.order, page.id))
            own = [f"{kind.folder}/index.md", *(f"{kind.folder}/{page.id}.md" for page in pages)]
            yield self._list_documents(self.catalogue.text(kind.title), own)

    def _list_documents(self, title: str, documents: Iterable[str]) -> str:
        shown = self.documents.markdown
        lines = [self._link_document(name) for name in documents if name in shown]
        return f"## {escape_words(title)}\n\n" + "\n".join(lines) if lines else ""

    def _link_document(self, document: str) -> str:
        address = f"{self.downloads.home}{to_address(document)}{TWIN}"
        words = escape_words(summarize(self.documents.markdown[document]))
        title = escape_words(self.names.get(document, document))
        return f"- [{title}]({address})" + (f": {words}" if words else "")

    def _list_files(self) -> str:
        say, taken = self.catalogue.gettext, self.downloads
        files = [
            (taken.archive, say("All tables as CSV, with a readme")),
            (taken.database, say("The same as an SQLite database")),
            (f"{FOLDER}series.csv", say("What each series is about, and its own file")),
            (f"{FOLDER}datapackage.json", say("What each table and column means")),
        ]
        lines = [
            f"- [{path.removeprefix(FOLDER)}]({taken.home}{path}): {words}, {taken.size(path)}"
            for path, words in files
        ]
        return f"## {say('Data')}\n\n" + "\n".join(lines)


def _find_sources(declared: FigureDeclaration, view: View) -> Iterator[str]:
    """Sources of the values that a figure draws, and of the events that it marks."""
    start = parse_period(declared.start) if declared.start else None
    end = parse_period(declared.end) if declared.end else None
    for name in declared.series:
        for point in view.series[name].known if name in view.series else ():
            if _is_within(point.period, start, end):
                yield from point.sources
    yield from (event.source for event in view.events if event.id in declared.events)


def _is_within(period: Period, start: Period | None, end: Period | None) -> bool:
    is_after = start is None or period.start >= start.start
    return is_after and (end is None or period.end <= end.end)
