"""One series told whole in JSON: what it is about, how it is made, whose it is, and every value.

Pure. Numbers are written as decimals with every digit, one value on each line. What a source does
not let be passed on is listed with the place where it can be got. Knows nothing of files.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from report.derive.operations import OPERATIONS
from report.flatfiles import quote_text
from report.holdings import Holding, Row
from report.languages import Catalogue
from report.model import DerivedDeclaration, Source, View
from report.registers import write_formula


def recite_series(holding: Holding, view: View, catalogue: Catalogue) -> str:
    """A JSON document; its `values` have the fields that the CSV has columns for."""
    head = json.dumps(_describe(holding, view, catalogue), ensure_ascii=False)
    name = "sources" if holding.is_computed else "source"
    lines = ",\n".join(_write_row(row, name) for row in holding.rows)
    return f'{head[:-1]}, "values": [\n{lines}\n]}}\n'


def _write_row(row: Row, name: str) -> str:
    """One value; what there is nothing to say of is left out, but for the value itself."""
    source = quote_text(row.source)
    if name == "sources":
        source = "[" + ", ".join(map(quote_text, row.source.split(" "))) + "]"
    shown = f', "shown": {row.shown}' if row.shown else ""
    said = (("locator", row.locator), ("reason", row.reason), ("note", row.note))
    more = "".join(f', "{key}": {quote_text(words)}' for key, words in said if words)
    return (
        f'{{"period": "{row.period}", "value": {row.value or "null"}{shown}, '
        f'"status": "{row.status}", "published": "{row.published}", "{name}": {source}{more}}}'
    )


def _describe(holding: Holding, view: View, catalogue: Catalogue) -> dict[str, Any]:
    """All but the values."""
    declared, edition, report = holding.series.declaration, view.edition, view.report
    home = f"{report.declaration.url}{catalogue.language}/{edition.id}/"
    unit = report.units[declared.unit]
    described: dict[str, Any] = {
        "id": declared.id,
        "title": catalogue.text(declared.title),
        "unit": {"id": unit.id, "title": catalogue.text(unit.title)},
        "definition": catalogue.text(declared.definition),
        "desired": declared.desired,
        "edition": edition.id,
        "cut_off": edition.cut_off.isoformat(),
        "url": f"{home}data/#series-{declared.id}",
    }
    if isinstance(declared, DerivedDeclaration):
        described["computed"] = {
            "operation": declared.operation,
            "inputs": list(declared.of),
            "options": dict(declared.options),
            "formula": write_formula(declared),
            "method": inspect.getdoc(OPERATIONS[declared.operation].compute) or "",
        }
    else:
        described |= {
            "frequency": declared.frequency.value,
            "reporter": declared.reporter,
            "geography": declared.geography,
            "valuation": declared.valuation,
        }
    names = dict.fromkeys(name for row in holding.rows for name in row.source.split(" "))
    described["sources"] = {name: _cite(report.sources[name]) for name in sorted(names)}
    if corrections := _list_corrections(declared.id, view, catalogue, report.sources):
        described["corrections"] = corrections
    if holding.gaps:
        described["withheld"] = {
            "why": catalogue.gettext(
                "These sources do not let their values be passed on; the report's pages show them."
            ),
            "where": [
                {
                    "source": gap.source,
                    "count": gap.count,
                    "first": gap.first,
                    "last": gap.last,
                    "licence": report.sources[gap.source].licence,
                    "url": report.sources[gap.source].url,
                }
                for gap in holding.gaps
            ],
        }
    return described


def _cite(source: Source) -> dict[str, Any]:
    """A source with its terms."""
    return {
        "producer": source.producer,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "accessed": source.accessed.isoformat(),
        "licence": source.licence,
        "redistributable": source.redistributable,
    }


def _list_corrections(
    series: str, view: View, catalogue: Catalogue, sources: Mapping[str, Source]
) -> list[dict[str, str]]:
    """What is known to be wrong about values of a series that may be passed on."""
    return [
        {
            "period": one.period,
            "source": one.source,
            "action": one.action.value,
            "reason": catalogue.text(one.reason),
            "date": one.date.isoformat(),
        }
        for one in view.corrections
        if one.series == series and sources[one.source].redistributable
    ]
