"""Operations that join the values of several series for the same period.

A period that one of the inputs does not know has no result: nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import prod

from pydantic import model_validator

from report.derive.operations import (
    Inputs,
    Number,
    Options,
    Result,
    Takes,
    Units,
    none_alike,
    operation,
)
from report.derive.points import combine, total
from report.model import Point

ONE = Decimal(1)


class NoOptions(Options):
    """The operation has nothing to set."""


class ScaleOptions(Options):
    """What a quotient is multiplied by."""

    scale: Number = ONE
    """E.g. `"1000"` for dollars a tonne from million dollars over thousand tonnes."""


class ProductOptions(Options):
    """A constant that the product is multiplied by, and where it comes from."""

    factor: Number = ONE
    """E.g. `"73.3"`, tonnes of carbon dioxide a terajoule of crude oil."""
    note: str = ""
    """Source of the factor; it stays in the declaration and is not repeated at each point."""

    @model_validator(mode="after")
    def _has_source(self) -> ProductOptions:
        if self.factor != ONE and not self.note:
            raise ValueError("a factor needs a note that says where it comes from")
        return self


@operation(Takes(("part", "whole")), NoOptions, Units(Result.PERCENT))
def share(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """Part in percent of a whole: 100 × part / whole.

    Source: Mikic and Gilbert (2009), Trade Statistics in Policymaking (UN ESCAP, ST/ESCAP/2559),
    on shares in trade. No point where the whole is zero or negative; a negative part gives a
    negative share.
    """
    return combine(inputs, lambda v: 100 * v[0] / v[1] if v[1] > 0 else None)


@operation(Takes(("term",), repeats=True, least=2), NoOptions, Units(Result.SAME))
def sum_(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """All terms added: x₁ + x₂ + … .

    Source: System of National Accounts 2008 on aggregates as sums of like entries. No point where
    a term is missing, for a sum of some would look like a fall. Zeros and negatives are added.
    """
    return combine(inputs, total)


@operation(Takes(("from", "less")), NoOptions, Units(Result.BALANCE))
def difference(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """First less second: a − b, e.g. the trade balance from exports and imports.

    Source: IMF (2009), Balance of Payments and International Investment Position Manual, sixth
    edition (BPM6), on balances as the difference of two entries. Zeros and negatives are taken as
    they are. The difference of two percentages is in percentage points.
    """
    return combine(inputs, lambda v: v[0] - v[1])


@operation(Takes(("numerator", "denominator")), ScaleOptions, Units(Result.FREE, none_alike))
def ratio(inputs: Inputs, options: ScaleOptions) -> Iterable[Point]:
    """First over second: scale × a / b, e.g. a unit value from value and quantity.

    Source: IMF (2009), Export and Import Price Index Manual, on unit values. No point where the
    denominator is zero. Negative values keep their sign.
    """
    return combine(inputs, lambda v: options.scale * v[0] / v[1] if v[1] else None)


@operation(Takes(("term",), repeats=True), ProductOptions, Units(Result.FREE, none_alike))
def product(inputs: Inputs, options: ProductOptions) -> Iterable[Point]:
    """All terms multiplied, and by a constant: factor × x₁ × x₂ × … .

    E.g. the carbon in traded fuel: quantity × emission factor. Source: IPCC (2006), Guidelines for
    National Greenhouse Gas Inventories, volume 2, chapters 1 and 2 (emissions = fuel × emission
    factor). Zeros and negatives are multiplied as they are.
    """
    return combine(inputs, lambda v: prod(v, start=options.factor))
