"""What source articles see around cooperation: what stands in its way, and which fields are open.

Pure declarations, typed and frozen. Knows ids of measures and of series; knows neither of them.
"""

from __future__ import annotations

from pydantic import Field

from report.declaring import Id, Model, Texts


class Item(Model):
    """Something that an article names, what answers it and what shows how it stands."""

    id: Id
    title: Texts
    gist: Texts
    source: str
    section: str
    addressed_by: tuple[str, ...]
    """Ids of the measures that answer it."""
    indicators: tuple[str, ...]
    """Ids of the series, observed or computed, that bear on it."""
    gap: Texts = Field(default_factory=dict)
    """What public data or the articles leave open here, and what would close it."""


class Constraint(Item):
    """Something that a source article says stands in the way."""


class Opportunity(Item):
    """A field that a source article says is open."""
