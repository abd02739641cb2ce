"""The data of an edition as files that readers and their programs take away.

Pure. Knows which files there are, what each is called and how large it is; the rooms that it asks
know how each is written. Everything is made once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from report.addresses import make_slug
from report.citations import cite_plainly
from report.databases import write_database
from report.declaring import FIRST_LANGUAGE, choose_text
from report.descriptors import (
    CSVW,
    PACKAGE,
    Subject,
    describe_package,
    describe_tables,
    describe_values,
)
from report.flatfiles import write_line, write_lines, write_table
from report.holdings import Holding, list_holdings
from report.languages import Catalogue
from report.model import View
from report.parcels import wrap_files
from report.permits import find_spdx, find_terms
from report.queries import load_in_duckdb, load_in_pandas, load_in_r, query_newest
from report.readmes import write_licence, write_readme
from report.recitals import recite_series
from report.registers import fill_tables, name_file
from report.schemas import COMPUTED, OBSERVATIONS, SCHEMAS, VALUES
from report.works import date_edition, locate_edition, make_dataset_work, name_version

FOLDER = "data/"
README, LICENCE = "README.md", "LICENCE.txt"


@dataclass(frozen=True)
class Downloads:
    """What of one view can be taken away, in one language."""

    view: View
    catalogue: Catalogue

    @cached_property
    def name(self) -> str:
        """The name of the edition's data, such as `bicycle-corridors-2026`."""
        declared = self.view.report.declaration.short_title
        return f"{make_slug(choose_text(declared, FIRST_LANGUAGE)[0])}-{self.view.edition.id}"

    @property
    def archive(self) -> str:
        """The path of the archive below the edition."""
        return f"{FOLDER}{self.name}.zip"

    @property
    def database(self) -> str:
        """The path of the database below the edition."""
        return f"{FOLDER}{self.name}.sqlite"

    @cached_property
    def holdings(self) -> dict[str, Holding]:
        """Each series of which something is known, by id."""
        return {holding.series.id: holding for holding in list_holdings(self.view)}

    @cached_property
    def home(self) -> str:
        """The edition's own address, with a slash at its end."""
        declaration = self.view.report.declaration
        return locate_edition(declaration, self.view.edition, self.catalogue.language)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """All of them by path below the edition."""
        tables, lines, series = self._write_values()
        told = fill_tables(self.view, self.catalogue, self.holdings.values())
        texts = {
            schema.name: write_table(schema, told[schema.name]).encode()
            for schema in SCHEMAS
            if schema.name in told
        }
        texts |= {name: text.encode() for name, text in lines.items()}
        flat = {f"{name}.csv": content for name, content in texts.items()}
        used = {row[6] for row in tables[OBSERVATIONS.name]}
        sources = [one for name, one in sorted(self.view.report.sources.items()) if name in used]
        free = [source for source in sources if source.redistributable]
        flat[PACKAGE] = describe_package(self.subject, flat, free)
        flat[CSVW] = describe_tables(self.subject)
        flat[README] = write_readme(self.subject, self.catalogue, self.example, self.gaps).encode()
        flat[LICENCE] = write_licence(self.subject, self.catalogue, free).encode()
        packed = {f"{self.name}/{name}": content for name, content in flat.items()}
        made = {f"{FOLDER}{name}": content for name, content in (flat | series).items()}
        made[self.archive] = wrap_files(packed, date_edition(self.view.edition))
        made[self.database] = write_database(self._tell_edition(), told | tables)
        return made

    def take(self, files: Mapping[str, bytes]) -> None:
        """Have the files as they were made from the same facts elsewhere."""
        self.__dict__["files"] = files  # where a cached property keeps what it found

    def _write_values(
        self,
    ) -> tuple[dict[str, list[tuple[str, ...]]], dict[str, str], dict[str, bytes]]:
        """Rows of the two tables of values, their texts, and the files of single series."""
        observed: list[tuple[str, ...]] = []
        computed: list[tuple[str, ...]] = []
        lines = [write_line(OBSERVATIONS.header)]
        header = write_line(VALUES.header)
        files: dict[str, bytes] = {}
        for name, holding in self.holdings.items():
            written = write_lines(VALUES, holding.rows)
            files[name_file(name, "csv")] = (header + "".join(written)).encode()
            recited = recite_series(holding, self.view, self.catalogue)
            files[name_file(name, "json")] = recited.encode()
            if holding.is_computed:
                computed += [
                    (name, row.period, row.value, row.status, row.published, row.source, row.note)
                    for row in holding.rows
                ]
            else:
                observed += [(name, *row) for row in holding.rows]
                lines += [f"{name},{line}" for line in written]
        titles = {
            f"{name}.csv": self.catalogue.text(holding.series.declaration.title)
            for name, holding in self.holdings.items()
        }
        files[f"series/{CSVW}"] = describe_values(self.subject, titles)
        texts = {
            OBSERVATIONS.name: "".join(lines),
            COMPUTED.name: write_table(COMPUTED, computed),
        }
        return {OBSERVATIONS.name: observed, COMPUTED.name: computed}, texts, files

    @cached_property
    def subject(self) -> Subject:
        """What descriptions say of all of it."""
        declaration, edition, text = (
            self.view.report.declaration,
            self.view.edition,
            self.catalogue.text,
        )
        work = make_dataset_work(declaration, edition, self.catalogue)
        return Subject(
            name=self.name,
            title=f"{text(declaration.title)}, {text(edition.title)}",
            description=text(declaration.description),
            homepage=f"{self.home}data/",
            version=name_version(edition),
            created=date_edition(edition).isoformat(),
            cut_off=edition.cut_off.isoformat(),
            language=self.catalogue.language,
            publisher=declaration.publisher,
            licence=declaration.licence,
            spdx=find_spdx(declaration.licence),
            terms=find_terms(declaration.licence),
            citation=cite_plainly(work, self.catalogue),
        )

    def _tell_edition(self) -> dict[str, str]:
        subject = self.subject
        return {
            "title": subject.title,
            "version": subject.version,
            "cut_off": subject.cut_off,
            "released": subject.created,
            "publisher": subject.publisher,
            "licence": subject.licence,
            "url": subject.homepage,
            "citation": subject.citation,
        }

    # What pages say of them.

    @cached_property
    def example(self) -> str:
        """A series to show the use of the files with: the first headline number that is free."""
        tiles = [tile.series for group in self.view.report.figures for tile in group.tiles]
        by_length = sorted(self.holdings.values(), key=lambda one: -len(one.rows))
        for name in [*tiles, *(holding.series.id for holding in by_length)]:
            holding = self.holdings.get(name)
            if holding is not None and not holding.is_computed and holding.is_shown_whole:
                return name
        return next(iter(self.holdings), "")

    @cached_property
    def gaps(self) -> tuple[int, int, int]:
        """How many values are withheld, in how many series, because of how many sources."""
        found = [holding for holding in self.holdings.values() if holding.gaps]
        sources = {gap.source for holding in found for gap in holding.gaps}
        return sum(holding.withheld for holding in found), len(found), len(sources)

    @cached_property
    def uses(self) -> list[tuple[str, str]]:
        """How other programs load the example: what each is called, and a line to copy."""
        address = self.home + self.name_series(self.example, "csv")
        return [
            ("Python (pandas)", load_in_pandas(address)),
            ("R", load_in_r(address)),
            ("DuckDB", load_in_duckdb(address)),
            (self.catalogue.gettext("The database, in SQL"), query_newest(self.example)),
        ]

    def locate(self, path: str) -> str:
        """A file from the edition's site, by the edition's own name.

        What is taken away is cited, and so the newest edition's second address has no copy.
        """
        return f"../{self.view.edition.id}/{path}"

    def name_series(self, series: str, suffix: str) -> str:
        """The path of a series' own file below the edition."""
        return FOLDER + name_file(series, suffix)

    def size(self, path: str) -> str:
        """How large a file is, in words."""
        return self.catalogue.size(len(self.files[path]))
