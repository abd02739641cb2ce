"""The words that go with an edition's data: what is in it, what is not, whose it is, how to use it.

Pure: plain text and Markdown out. Knows the tables by their schemas; what is said of the edition is
handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from report.descriptors import Subject
from report.languages import Catalogue
from report.model import Source
from report.queries import load_in_pandas, query_day, query_newest
from report.registers import name_file
from report.schemas import SCHEMAS
from report.twins import escape_words


def write_readme(
    subject: Subject, catalogue: Catalogue, example: str, gaps: tuple[int, int, int]
) -> str:
    """`README.md`; `gaps` counts values withheld, their series, and the sources behind them."""
    say = catalogue.gettext
    tables = [f"- `{one.name}.csv`: {one.title}. {one.description}" for one in SCHEMAS]
    parts = [
        f"# {escape_words(subject.title)}",
        escape_words(subject.description),
        say(
            "Everything here was known on %(day)s. Page of these data: <%(url)s>",
            day=subject.cut_off,
            url=subject.homepage,
        ),
        f"## {say('Files')}",
        "\n".join(tables),
        say(
            "`datapackage.json` (Frictionless Data Package) and `csv-metadata.json` (CSVW) "
            "describe each column for programs. Texts that a spreadsheet would take for a "
            "formula have an apostrophe before them. An empty cell means that there is nothing "
            "to say."
        ),
        f"## {say('What is not here')}",
        _tell_gaps(catalogue, gaps),
        f"## {say('Use')}",
        _show_use(subject, catalogue, example) if example else "",
        f"## {say('Licence')}",
        say("See `LICENCE.txt`. To cite these data:") + f"\n\n> {escape_words(subject.citation)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _tell_gaps(catalogue: Catalogue, gaps: tuple[int, int, int]) -> str:
    say, (values, series, sources) = catalogue.gettext, gaps
    if not values:
        return say("Nothing is withheld: all sources let their values be passed on.")
    return say(
        "Values withheld: %(values)s, of %(series)s series. Their sources (%(sources)s) do not let "
        "values be passed on. Such rows have the status `withheld` and no value; a computed value "
        "is withheld where any source behind it is. `withheld.csv` lists them with the terms and "
        "the addresses of their sources. The report's pages show them.",
        values=catalogue.number(values),
        series=catalogue.number(series),
        sources=catalogue.number(sources),
    )


def _show_use(subject: Subject, catalogue: Catalogue, example: str) -> str:
    say = catalogue.gettext
    address = subject.homepage + name_file(example, "csv")
    return "\n\n".join(
        [
            say("One series as the edition shows it, in Python:"),
            f"```python\n{load_in_pandas(address)}\n```",
            say("The same from the edition's SQLite database, which lies beside the archive:"),
            f"```sql\n{query_newest(example)}\n```",
            say("As it was known at the end of another day:"),
            f"```sql\n{query_day(example, subject.cut_off)}```",
        ]
    )


def write_licence(subject: Subject, catalogue: Catalogue, sources: Iterable[Source]) -> str:
    """`LICENCE.txt`: the report's own terms, and those of each source whose values are offered."""
    say = catalogue.gettext
    own = f"{subject.licence} <{subject.terms}>" if subject.terms else subject.licence
    lines = [f"{one.producer}: {one.title}. {one.licence}. {one.url}".rstrip() for one in sources]
    parts = [
        subject.title,
        say(
            "Words, tables and what is computed: %(licence)s, %(publisher)s.",
            licence=own,
            publisher=subject.publisher,
        ),
        say("Values stay under the terms of their producers:"),
        "\n".join(f"- {line}" for line in lines),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
