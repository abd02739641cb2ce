"""What a report is made of: declarations and facts, typed and frozen.

Knows shapes and permitted words, so that anything built from here is whole. Knows nothing of files,
languages' grammar, HTML, Vega, or of any subject: kinds of pages, series and units are data.

Declarations are pydantic models, which also give the JSON Schemas for editors' completion.
Observations and points are plain slotted dataclasses: there are thousands of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from report.corrections import Correction
from report.declaring import FIRST_LANGUAGE, Id, Language, Model, Texts
from report.editions import EditionRevision
from report.items import Constraint, Opportunity
from report.periods import Period
from report.statements import Claim, Judged
from report.terms import Term


class PageKind(Model):
    """A kind of page with a folder and a place in the navigation of its own, e.g. pathways."""

    id: Id
    folder: Id
    title: Texts
    """Plural, as the navigation shows it."""
    singular: Texts
    summary: Texts = Field(default_factory=dict)
    """One sentence for the overview of this kind."""
    assessed: bool = False
    """Whether pages of this kind carry measures."""


class ReportDeclaration(Model):
    """`data/report.yml`: what the report is called, and which kinds of pages it has."""

    title: Texts
    short_title: Texts
    description: Texts
    publisher: str
    url: str = Field(pattern=r"^https://[a-z0-9./-]+/$")
    """Where the site is published, with a slash at the end."""
    repository: str = Field(default="", pattern=r"^(https://[A-Za-z0-9./_-]+)?$")
    licence: str
    languages: tuple[Language, ...] = Field(default=(FIRST_LANGUAGE,), min_length=1)
    methods: tuple[Id, ...] = ()
    """Sources of the methods that the report applies."""
    kinds: tuple[PageKind, ...]
    event_kinds: tuple[Id, ...] = ()
    """Of what kinds events are; without any an event may be of any kind."""


class Edition(Model):
    """`data/editions/<id>.yml`: a cut-off day and how the edition is called."""

    id: str = Field(pattern=r"^20[0-9]{2}(-r[1-9][0-9]?)?$")
    cut_off: dt.date
    """Last day whose publications this edition sees."""
    released: dt.date
    """Day of release; also the clock of the build."""
    title: Texts
    note: Texts = Field(default_factory=dict)
    next_release: str = ""
    """The month, quarter, year or day for which the next one is planned; empty where none is."""
    retrospective: bool = False
    """Whether it was compiled long after its cut-off, and so need not answer every question."""
    languages: tuple[Language, ...] = ()
    """Languages that it is published in; empty for all of the report's."""
    revisions: tuple[EditionRevision, ...] = ()
    """Changes since it was first published, the oldest first."""


class Page(Model):
    """A page of the report that has figures and words of its own."""

    id: Id
    kind: Id
    order: int
    title: Texts
    source: tuple[str, ...] = ()
    sections: str = ""


class Question(Model):
    """Something that a page must answer by a figure, or say why it cannot."""

    id: Id
    page: Id
    title: Texts
    gap: Texts = Field(default_factory=dict)
    """Why public data cannot answer it, and what would; empty when figures answer it."""


class Measure(Model):
    """Something that a source article recommends."""

    id: Id
    page: Id
    title: Texts
    gist: Texts
    source: str
    section: str


class MeasureStatus(StrEnum):
    """How far a measure has come, in the order in which boards show it."""

    IN_FORCE = "in_force"
    PARTIAL = "partial"
    ANNOUNCED = "announced"
    STALLED = "stalled"
    REVERSED = "reversed"
    NO_EVIDENCE = "no_evidence"


class Assessment(Model):
    """The status of a measure from a day on, and what it rests on."""

    measure: Id
    date: str
    """As exactly as it is known: a day, a month or a year."""
    status: MeasureStatus
    evidence: tuple[str, ...]
    """Ids of events, institutions and series; empty only where nothing was found."""
    reasoning: Texts


class Source(Model):
    """Where a fact was read."""

    id: Id
    producer: str
    title: str
    title_lang: str = Field(default="", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")
    """Language of the title where it is not English, e.g. `zh`."""
    url: str
    """Empty where no exact address may be given."""
    published: str
    """A day, a month or a year as the source states it; empty where it states none."""
    accessed: dt.date
    licence: str
    redistributable: bool
    note: str = ""


class Unit(Model):
    """A unit of measurement with the range its values can have."""

    id: Id
    title: Texts
    """As an axis or a table head shows it, e.g. `billion US dollars`."""
    pattern: Texts
    """How a value is written with its unit, e.g. `{} bn USD`."""
    digits: int = Field(ge=0, le=6)
    """Decimals that are shown."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Frequency(StrEnum):
    """How often a series has a value, and so which periods it may hold."""

    ANNUAL = "annual"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    DAILY = "daily"
    YEAR_TO_DATE = "ytd"
    """From January to the end of the month that the period names."""
    TWELVE_MONTHS = "twelve_months"
    """The twelve months that end with the month that the period names."""
    IRREGULAR = "irregular"
    """Values as they come, for periods of any length."""


class Status(StrEnum):
    """How firm a value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    NOT_PUBLISHED = "not_published"
    """The source says that it does not publish this value: neither missing nor zero. No value."""
    RETRACTED = "retracted"
    """The source took its value back on the day `published`. No value."""


class Reason(StrEnum):
    """Why a row was added."""

    FIRST = "first"
    ROUTINE = "routine"
    MAJOR = "major"
    CORRECTION = "correction"
    COVERAGE = "coverage"


Desired = Literal["up", "down", "none"]


class SeriesDeclaration(Model):
    """What a series of observations is about."""

    id: Id
    title: Texts
    unit: Id
    frequency: Frequency
    reporter: str = ""
    geography: str = ""
    valuation: str = ""
    definition: Texts
    desired: Desired = "none"
    sources: tuple[tuple[str, ...], ...]
    """Sources by preference. Within one rank the value published last is taken."""


class DerivedDeclaration(Model):
    """A series computed from others by one named operation."""

    id: Id
    title: Texts
    unit: Id
    operation: str
    of: tuple[str, ...]
    """Input series (observed or derived), in the order that the operation wants."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """Options of the operation, e.g. `{window: 3}`."""
    definition: Texts
    desired: Desired = "none"


class Target(Model):
    """A value that a series was to reach by a year, and the event that set it."""

    series: Id
    value: Decimal
    """In the series' unit; more than zero."""
    by: str = Field(pattern=r"^(19|20)[0-9]{2}$")
    base: str = Field(pattern=r"^(19|20)[0-9]{2}$")
    """The year from which growth counts: the last whole one before the target was set."""
    event: Id


class Event(Model):
    """Something that happened on a day, in a month or in a year."""

    id: Id
    date: str
    """As exactly as it is known: `2015-05-08`, `2015-05` or `2015`."""
    title: Texts
    description: Texts
    kind: Id
    parties: str
    place: str
    page: Id
    effect: Literal["advances", "restricts", "neutral"]
    source: str
    locator: str
    published: dt.date
    doubt: str = ""
    """What is uncertain about it, in words; empty where nothing is."""


class Institution(Model):
    """A body, fund, zone, fair or mechanism."""

    id: Id
    name: Texts
    type: str
    established: str
    status: str
    remit: Texts
    page: Id
    source: str
    published: dt.date


class Tile(Model):
    """A headline number of a page."""

    series: Id
    title: Texts
    period: str = ""
    """Empty for the newest."""
    change: Literal["percent", "difference", "none"] = "percent"


class FigureDeclaration(Model):
    """A figure as `data/figures/<page>.yml` declares it; `options` belong to its form."""

    id: Id
    form: Id
    title: Texts
    """The finding; may hold expressions such as `{{ value("x", 2025) }}`."""
    takeaway: Texts
    """What it shows, with its numbers; also the text alternative of the drawing."""
    series: tuple[Id, ...] = ()
    labels: Mapping[str, Texts] = Field(default_factory=dict)
    """Short names of series for this figure; else the series' title."""
    start: str = ""
    """First period drawn; empty for all."""
    end: str = ""
    answers: tuple[Id, ...] = ()
    """Questions that this figure answers."""
    notes: Texts = Field(default_factory=dict)
    events: tuple[Id, ...] = ()
    """Events drawn as rules."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """Settings of the form; each form states its own."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as one source published it on one day."""

    series: str
    period: Period
    value: Decimal | None
    """In the series' unit; None only where the status says that there is no value."""
    status: Status
    published: dt.date
    """Day on which the value became known."""
    source: str
    locator: str = ""
    note: str = ""
    reason: Reason = Reason.FIRST


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series as it was known on a day."""

    period: Period
    value: Decimal | None
    """None where the source says that it does not publish the value."""
    status: Status
    sources: tuple[str, ...]
    """One for an observed value; those of all inputs for a derived one."""
    published: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A series with its points in order of period, at most one for each period."""

    declaration: SeriesDeclaration | DerivedDeclaration
    points: tuple[Point, ...]

    @property
    def id(self) -> str:
        """The declaration's id."""
        return self.declaration.id

    @property
    def known(self) -> tuple[Point, ...]:
        """Only the points that hold a value."""
        return tuple(point for point in self.points if point.value is not None)


@dataclass(frozen=True, slots=True)
class PageFigures:
    """The tiles and figures that one page declares."""

    page: str
    """A page's id, or `home`."""
    tiles: tuple[Tile, ...] = ()
    figures: tuple[FigureDeclaration, ...] = ()
    edition: str = ""
    """The edition whose own they are; empty for all editions that have none of their own."""


@dataclass(frozen=True, slots=True)
class Report:
    """All facts, as read and checked: every edition is a view of this."""

    declaration: ReportDeclaration
    editions: tuple[Edition, ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    measures: tuple[Measure, ...]
    assessments: tuple[Assessment, ...]
    constraints: tuple[Constraint, ...]
    opportunities: tuple[Opportunity, ...]
    sources: Mapping[str, Source]
    units: Mapping[str, Unit]
    series: Mapping[str, SeriesDeclaration]
    derived: Mapping[str, DerivedDeclaration]
    observations: tuple[Observation, ...]
    events: tuple[Event, ...]
    institutions: tuple[Institution, ...]
    figures: tuple[PageFigures, ...]
    claims: tuple[Claim, ...] = ()
    targets: tuple[Target, ...] = ()
    frozen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names of the facts that each frozen edition holds; it sees none that was entered later."""
    offers: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)
    """The older editions that each frozen edition's pages lead to, by language."""
    corrections: tuple[Correction, ...] = ()
    glossary: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The facts as they were known at an edition's cut-off."""

    report: Report
    edition: Edition
    series: Mapping[str, Series]
    """Observed and derived series by id; a series of which nothing was known has no points."""
    events: tuple[Event, ...] = ()
    institutions: tuple[Institution, ...] = ()
    assessments: Mapping[str, tuple[Assessment, ...]] = field(default_factory=dict)
    """The statuses of each measure up to the cut-off, the newest last."""
    vintages: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    """All observations of each series that were published by the cut-off."""
    claims: tuple[Judged, ...] = ()
    """The claims that were made by the cut-off, each with its verdict."""
    corrections: tuple[Correction, ...] = ()
    """Those that hold at the cut-off; the series are corrected, the vintages are not."""
