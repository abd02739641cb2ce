"""The rows of every table of an edition's data, as texts in the order of each table's columns.

Pure. Knows what the edition shows and in which language; knows nothing of files. What a source does
not let be passed on is left empty here as well, and told in a table of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from report.corrections import Correction
from report.declaring import Texts
from report.holdings import Holding, write_number
from report.languages import Catalogue
from report.model import DerivedDeclaration, SeriesDeclaration, View
from report.statements import Claim

Cells = tuple[str, ...]


def fill_tables(
    view: View, catalogue: Catalogue, holdings: Iterable[Holding]
) -> dict[str, list[Cells]]:
    """The rows of each table by its name; those of values are made from the holdings elsewhere."""
    teller = _Teller(view, catalogue)
    held = list(holdings)
    return {
        "series": [teller.tell_series(holding) for holding in held],
        "withheld": [cells for holding in held for cells in teller.tell_gaps(holding)],
        "preferences": [cells for holding in held for cells in teller.rank_sources(holding)],
        "corrections": [
            teller.tell_correction(one)
            for one in sorted(view.corrections, key=lambda one: (one.series, one.period))
        ],
        "sources": teller.tell_sources(),
        "units": teller.tell_units(),
        "pages": teller.tell_pages(),
        "events": teller.tell_events(),
        "institutions": teller.tell_institutions(),
        "measures": teller.tell_measures(),
        "assessments": teller.tell_assessments(),
        "claims": teller.tell_claims(),
    }


def write_formula(declaration: DerivedDeclaration) -> str:
    """How a series is computed, e.g. `index(river.trips; base=2019)`."""
    options = "".join(
        f"; {name}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in sorted(declaration.options.items())
    )
    return f"{declaration.operation}({', '.join(declaration.of)}{options})"


def name_file(series: str, suffix: str) -> str:
    """The file of a series, by path below the folder of data."""
    return f"series/{series}.{suffix}"


class _Teller:
    """Tells the facts of one view in one language."""

    def __init__(self, view: View, catalogue: Catalogue) -> None:
        self.view, self.report, self.catalogue = view, view.report, catalogue

    def _text(self, texts: Texts) -> str:
        return self.catalogue.text(texts)

    def tell_series(self, holding: Holding) -> Cells:
        """What a series is about, and how much of it is there."""
        declared, rows = holding.series.declaration, holding.rows
        head = (declared.id, self._text(declared.title), declared.unit)
        tail = (self._text(declared.definition), declared.desired)
        counts = (str(len(rows) - holding.withheld), str(holding.withheld))
        extent = (rows[0].period, rows[-1].period, *counts, name_file(declared.id, "csv"))
        if isinstance(declared, SeriesDeclaration):
            about = (declared.reporter, declared.geography, declared.valuation)
            ranks = (" ".join(names) for names in self._list_ranks(declared))
            return (
                *head,
                declared.frequency.value,
                *about,
                *tail,
                " > ".join(ranks),
                "",
                "",
                "",
                *extent,
            )
        computed = (declared.operation, " ".join(declared.of), write_formula(declared))
        return (*head, "", "", "", "", *tail, "", *computed, *extent)

    def _list_ranks(self, declared: SeriesDeclaration) -> list[list[str]]:
        """Its sources by rank, as far as the edition knows them."""
        known = self.report.sources
        ranks = ([name for name in names if name in known] for names in declared.sources)
        return [names for names in ranks if names]

    def rank_sources(self, holding: Holding) -> Iterator[Cells]:
        """Each source of an observed series with its rank."""
        declared = holding.series.declaration
        if isinstance(declared, SeriesDeclaration):
            for rank, names in enumerate(self._list_ranks(declared)):
                yield from ((declared.id, name, str(rank)) for name in names)

    def tell_gaps(self, holding: Holding) -> Iterator[Cells]:
        """What is withheld of a series."""
        for gap in holding.gaps:
            source = self.report.sources[gap.source]
            extent = (str(gap.count), gap.first, gap.last)
            yield (holding.series.id, gap.source, *extent, source.licence, source.url)

    def _may_pass_on(self, source: str) -> bool:
        return self.report.sources[source].redistributable

    def tell_correction(self, one: Correction) -> Cells:
        """A value that a source has wrong."""
        is_free = self._may_pass_on(one.source)
        return (
            *(one.series, one.period, one.source, one.date.isoformat(), one.action.value),
            *(write_number(number) if is_free else "" for number in (one.expect, one.value)),
            write_number(one.factor),
            self._text(one.reason),
        )

    def tell_sources(self) -> list[Cells]:
        """All sources that the edition knows."""
        return [
            (
                *(one.id, one.producer, one.title, one.title_lang, one.url, one.published),
                *(one.accessed.isoformat(), one.licence),
                "yes" if one.redistributable else "no",
                one.note,
            )
            for _, one in sorted(self.report.sources.items())
        ]

    def tell_units(self) -> list[Cells]:
        """All units."""
        return [
            (
                *(one.id, self._text(one.title), self._text(one.pattern), str(one.digits)),
                *(write_number(one.minimum), write_number(one.maximum)),
            )
            for _, one in sorted(self.report.units.items())
        ]

    def tell_pages(self) -> list[Cells]:
        """The report's own pages, with their addresses."""
        declaration = self.report.declaration
        home = f"{declaration.url}{self.catalogue.language}/{self.view.edition.id}/"
        folders = {kind.id: kind.folder for kind in declaration.kinds}
        return [
            (
                *(page.id, page.kind, self._text(page.title)),
                f"{home}{folders[page.kind]}/{page.id}/",
            )
            for page in sorted(self.report.pages, key=lambda page: page.id)
        ]

    def tell_events(self) -> list[Cells]:
        """What happened, by id."""
        return [
            (
                *(one.id, one.date, self._text(one.title), self._text(one.description), one.kind),
                *(one.parties, one.place, one.page, one.effect, one.source, one.locator),
                *(one.published.isoformat(), one.doubt),
            )
            for one in sorted(self.view.events, key=lambda one: one.id)
        ]

    def tell_institutions(self) -> list[Cells]:
        """Bodies, by id."""
        return [
            (
                *(one.id, self._text(one.name), one.type, one.established, one.status),
                *(self._text(one.remit), one.page, one.source, one.published.isoformat()),
            )
            for one in sorted(self.view.institutions, key=lambda one: one.id)
        ]

    def tell_measures(self) -> list[Cells]:
        """What is recommended, in the order of the articles."""
        return [
            (
                *(one.id, one.page, self._text(one.title), self._text(one.gist)),
                *(one.source, one.section),
            )
            for one in self.report.measures
        ]

    def tell_assessments(self) -> list[Cells]:
        """The statuses of each measure, the oldest first."""
        return [
            (
                *(one.measure, one.date, one.status.value, " ".join(one.evidence)),
                self._text(one.reasoning),
            )
            for _, statuses in sorted(self.view.assessments.items())
            for one in statuses
        ]

    def tell_claims(self) -> list[Cells]:
        """What is stated, with its verdict."""
        return [self._tell_claim(judged.claim, judged.verdict.value) for judged in self.view.claims]

    def _tell_claim(self, one: Claim, verdict: str) -> Cells:
        numbers: tuple[Decimal | None, Decimal | None] = None, None
        if one.value is not None and self._may_pass_on(one.source):
            numbers = one.value, one.tolerance
        return (
            *(one.id, one.source, one.section, self._text(one.claim), one.kind.value),
            *(" ".join(one.series), " ".join(one.evidence), " ".join(one.formula), one.period),
            *(one.operator.value, write_number(numbers[0]), one.unit, write_number(numbers[1])),
            *(one.made_on.isoformat(), verdict, self._text(one.note)),
        )
