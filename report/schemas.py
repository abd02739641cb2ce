"""The tables in which an edition's data can be taken away: names, columns, types and keys.

Pure declarations: the CSV files, the descriptions of them and the database are all made by these.
Knows what each column means; holds no row and knows no report.
"""

from __future__ import annotations

from typing import get_args

from report.columns import (
    PERIOD,
    SPAN,
    Column,
    Kind,
    Schema,
    choice_column,
    day_column,
    integer_column,
    name_column,
    names_column,
    number_column,
    period_column,
    text_column,
)
from report.model import Desired, Frequency, MeasureStatus, Reason, Status
from report.statements import ClaimKind, Operator, Verdict

WITHHELD = "withheld"
"""Stands in place of the status of a value whose source does not let it be passed on."""

_ID = name_column("id", "Name, once in this table")
_SERIES = name_column("series", "The series", "series")
_SOURCE = name_column("source", "The source, whose address the table of sources has", "sources")
_PAGE = name_column("page", "The page of the report that it belongs to", "pages")
_ABOUT = period_column("period", "What it is about: a year, half, quarter, month or day")
_VALUE = number_column(
    "value",
    "As published, in the unit of the series; empty where the status says that there is none",
)
_STATUS = choice_column(
    "status",
    "How firm the value is; withheld where its source does not let it be passed on",
    (*Status, WITHHELD),
)
_KNOWN = day_column("published", "Day on which the value became known")
_SHOWN = number_column(
    "shown",
    "What the edition shows for the period, on the row that it rests on; differs from the value "
    "only by a declared correction, and is empty on rows that others replaced",
)
_LOCATOR = text_column("locator", "Where in the source it stands")
_REASON = choice_column(
    "reason", "Why the row was added; empty for computed values", Reason, needed=False
)
_NOTE = text_column("note", "What is to be known about it")
_WHEN = Column("date", Kind.NAME, "A day, month or year, as exactly as it is known", pattern=PERIOD)

VALUES = Schema(
    "values",
    "Values of one series",
    "All vintages of a series that were known at the cut-off. Where the series is computed, each "
    "value as computed from what was known then.",
    (
        *(_ABOUT, _VALUE, _SHOWN, _STATUS, _KNOWN),
        names_column("source", "The source; of a computed value those of all that it is made from"),
        *(_LOCATOR, _REASON, _NOTE),
    ),
    ("period", "source", "published"),
)
"""The table of each single series."""

OBSERVATIONS = Schema(
    "observations",
    "Observations",
    "Every value of every observed series, as each source published it by the cut-off. A later "
    "value of a period is a row of its own.",
    (_SERIES, _ABOUT, _VALUE, _SHOWN, _STATUS, _KNOWN, _SOURCE, _LOCATOR, _REASON, _NOTE),
    ("series", "period", "source", "published"),
)
COMPUTED = Schema(
    "computed",
    "Computed values",
    "Values of the series that are computed from others, from what was known at the cut-off.",
    (
        *(_SERIES, _ABOUT, _VALUE, _STATUS, _KNOWN),
        names_column("sources", "Sources of all that it is made from"),
        _NOTE,
    ),
    ("series", "period"),
)
SERIES = Schema(
    "series",
    "Series",
    "What each series is about, and how much of it can be taken away.",
    (
        _ID,
        text_column("title", "What is counted", needed=True),
        name_column("unit", "Unit of its values", "units"),
        choice_column(
            "frequency", "How often it has values; empty where computed", Frequency, needed=False
        ),
        text_column("reporter", "Who reports it"),
        text_column("geography", "What place it is about"),
        text_column("valuation", "How goods are valued, e.g. fob or cif"),
        text_column("definition", "What is counted, and how"),
        choice_column("desired", "The way it should go", get_args(Desired)),
        text_column(
            "sources", "Sources by preference, ranks parted by >; the best that spoke is shown"
        ),
        name_column("operation", "How it is computed; empty where it is observed", needed=False),
        names_column("inputs", "The series that it is computed from, in order"),
        text_column("formula", "The operation with its inputs and options"),
        period_column("first", "First period with a row", needed=False),
        period_column("last", "Last period with a row", needed=False),
        integer_column("offered", "Rows that can be taken away"),
        integer_column("withheld", "Rows whose value is withheld"),
        text_column("path", "Its own file", needed=True),
    ),
)
PREFERENCES = Schema(
    "preferences",
    "Preferences",
    "Which source of a series is shown where several have a value: the lowest rank; within a rank "
    "the one published last.",
    (_SERIES, _SOURCE, integer_column("rank", "0 for the best")),
    ("series", "source"),
)
SOURCES = Schema(
    "sources",
    "Sources",
    "Where the facts were read, and under which terms.",
    (
        _ID,
        text_column("producer", "Who published it", needed=True),
        text_column("title", "What it is called", needed=True),
        name_column("language", "Language of the title", needed=False),
        text_column("url", "Its address; empty where none may be given"),
        period_column("published", "Day, month or year of publication, as it states", needed=False),
        day_column("accessed", "Day on which it was read"),
        text_column("licence", "Its terms", needed=True),
        Column("redistributable", Kind.YES, "Whether its values may be passed on"),
        _NOTE,
    ),
)
UNITS = Schema(
    "units",
    "Units",
    "What values are measured in.",
    (
        _ID,
        text_column("title", "In words", needed=True),
        text_column("pattern", "A value with its unit; {} stands for the number", needed=True),
        integer_column("digits", "Decimals that the report shows"),
        number_column("minimum", "Smallest value that can be"),
        number_column("maximum", "Largest value that can be"),
    ),
)
PAGES = Schema(
    "pages",
    "Pages",
    "The report's own pages.",
    (
        _ID,
        name_column("kind", "What kind of page it is"),
        text_column("title", "Its title", needed=True),
        text_column("url", "Its address in this edition", needed=True),
    ),
)
EVENTS = Schema(
    "events",
    "Events",
    "What happened, in the report's own words, each with one source.",
    (
        *(_ID, _WHEN),
        text_column("title", "What happened", needed=True),
        text_column("description", "More about it"),
        name_column("kind", "What kind of event it is"),
        text_column("parties", "Who took part, parted by semicolons"),
        text_column("place", "Where it happened"),
        _PAGE,
        choice_column(
            "effect", "What it does for the page's subject", ("advances", "restricts", "neutral")
        ),
        *(_SOURCE, _LOCATOR),
        day_column("published", "Day on which it became known"),
        text_column("doubt", "What is uncertain about it"),
    ),
)
INSTITUTIONS = Schema(
    "institutions",
    "Institutions",
    "Bodies, funds, zones, fairs and mechanisms.",
    (
        _ID,
        text_column("name", "Its name", needed=True),
        text_column("type", "What it is"),
        text_column("established", "Since when it is there"),
        text_column("status", "How it stands"),
        text_column("remit", "What it is for"),
        *(_PAGE, _SOURCE),
        day_column("published", "Day on which it became known"),
    ),
)
MEASURES = Schema(
    "measures",
    "Measures",
    "What the articles behind the report recommend, in its own words.",
    (
        *(_ID, _PAGE),
        text_column("title", "What is recommended", needed=True),
        text_column("gist", "More about it"),
        _SOURCE,
        text_column("section", "Where in the source it stands"),
    ),
)
ASSESSMENTS = Schema(
    "assessments",
    "Assessments",
    "How far each measure has come, from which day on, and why.",
    (
        name_column("measure", "The measure", "measures"),
        _WHEN,
        choice_column("status", "How far it has come", MeasureStatus),
        names_column("evidence", "Ids of events, institutions and series that it rests on"),
        text_column("reasoning", "Why"),
    ),
    ("measure", "date"),
)
CLAIMS = Schema(
    "claims",
    "Claims",
    "Checkable statements of the articles behind the report, in its own words, with its verdict.",
    (
        *(_ID, _SOURCE),
        text_column("section", "Where in the source it stands"),
        text_column("claim", "What is stated", needed=True),
        choice_column("kind", "What it is about", ClaimKind),
        names_column("series", "Series that it is tested with"),
        names_column("evidence", "Events and institutions that it is tested with"),
        text_column("formula", "An operation and other claims that it must agree with"),
        Column("period", Kind.NAME, "Period or span; latest stands for the newest", pattern=SPAN),
        choice_column("operator", "How it compares", Operator),
        number_column("value", "What is stated; empty also where its source is closed"),
        name_column("unit", "Unit of the value", "units", needed=False),
        number_column("tolerance", "How far off still agrees; empty where the value is"),
        day_column("made_on", "Day from which the source counts as known"),
        choice_column("verdict", "What the data make of it", Verdict),
        _NOTE,
    ),
)
CORRECTIONS = Schema(
    "corrections",
    "Corrections",
    "Values that a source has wrong, and what is shown instead.",
    (
        *(_SERIES, _ABOUT, _SOURCE),
        day_column("date", "Day from which the correction holds"),
        choice_column("action", "What is done about it", ("drop", "override", "scale", "flag")),
        number_column("expect", "The wrong value; empty where its source is closed"),
        number_column("value", "What is shown instead"),
        number_column("factor", "What it is multiplied by"),
        text_column("reason", "What is wrong, and how that is known", needed=True),
    ),
    ("series", "period", "source", "date"),
)
LEFT_OUT = Schema(
    WITHHELD,
    "Withheld values",
    "Of which series values are withheld, whose they are, under which terms, and where to get "
    "them.",
    (
        *(_SERIES, _SOURCE),
        integer_column("count", "Rows whose value is withheld because of this source"),
        period_column("first", "First period"),
        period_column("last", "Last period"),
        text_column("licence", "Its terms, which do not let values be passed on", needed=True),
        text_column("url", "Where to get them; empty where no address may be given"),
    ),
    ("series", "source"),
)
SCHEMAS = (
    *(SERIES, OBSERVATIONS, COMPUTED, LEFT_OUT, PREFERENCES, CORRECTIONS, SOURCES, UNITS, PAGES),
    *(EVENTS, INSTITUTIONS, MEASURES, ASSESSMENTS, CLAIMS),
)
"""All tables, in the order in which they are described."""
