"""Operations of the literature on trade: concentration, overlap, advantage, intensity, mirrors.

Flows are never negative: where one is, there is no point. Nor is there one where an input is
unknown, for an index over some of the industries is not the index over all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from report.derive.arithmetic import ONE, NoOptions
from report.derive.operations import (
    PERCENTAGE,
    Inputs,
    Options,
    Result,
    Takes,
    Units,
    operation,
    pairs_alike,
    sides_alike,
)
from report.derive.points import ZERO, clip, combine, total
from report.model import Point


class ConcentrationOptions(Options):
    """Which form of the index."""

    normalised: bool = False
    """Whether equal parts give 0 instead of 1/n."""


class OverlapOptions(Options):
    """Which form of the index."""

    corrected: bool = False
    """Whether the imbalance of all trade is taken out."""


class MirrorOptions(Options):
    """How the gap is told."""

    relative: bool = True
    """In percent of the mean of both; else in the unit of the inputs."""
    signed: bool = False
    """Whether the gap is negative where the first reports less."""


def _combine_flows(
    inputs: Inputs, formula: Callable[[Sequence[Decimal]], Decimal | None]
) -> Iterator[Point]:
    return combine(inputs, lambda v: formula(v) if min(v) >= 0 else None)


@operation(Takes(("part",), repeats=True, least=2), ConcentrationOptions, Units(Result.PLAIN))
def herfindahl(inputs: Inputs, options: ConcentrationOptions) -> Iterable[Point]:
    """Herfindahl-Hirschman index: H = Σ (xᵢ / Σx)², from 1/n to 1.

    Normalised (H − 1/n) / (1 − 1/n), from 0 to 1.

    Source: Hirschman (1964), The Paternity of an Index, American Economic Review 54(5), 761.
    The parts are all there is: shares are taken of their sum, so a rest needs an input of its
    own. No point where all are zero.
    """

    def formula(parts: Sequence[Decimal]) -> Decimal | None:
        whole = total(parts)
        if not whole:
            return None
        plain = total(part * part for part in parts) / (whole * whole)
        count = len(parts)
        least = Decimal(1) / count
        shown = (plain - least) / (1 - least) if options.normalised else plain
        return clip(shown, ZERO if options.normalised else least, ONE)

    return _combine_flows(inputs, formula)


@operation(Takes(("exports", "imports"), repeats=True), OverlapOptions, Units(Result.PLAIN))
def grubel_lloyd(inputs: Inputs, options: OverlapOptions) -> Iterable[Point]:
    """Intra-industry trade: 1 − Σ|Xᵢ − Mᵢ| / Σ(Xᵢ + Mᵢ), from 0 to 1.

    Corrected for imbalance (Σ(Xᵢ + Mᵢ) − Σ|Xᵢ − Mᵢ|) / (Σ(Xᵢ + Mᵢ) − |ΣXᵢ − ΣMᵢ|).

    Source: Grubel and Lloyd (1975), Intra-Industry Trade, Macmillan, chapter 2. One pair is the
    index of one industry. No point without any trade; corrected, none where all goes one way.
    """

    def formula(flows: Sequence[Decimal]) -> Decimal | None:
        out, back = flows[::2], flows[1::2]
        both = total(flows)
        apart = total(abs(x - m) for x, m in zip(out, back, strict=True))
        most = both - abs(total(out) - total(back)) if options.corrected else both
        return clip((both - apart) / most, ZERO, ONE) if most else None

    return _combine_flows(inputs, formula)


@operation(
    Takes(
        (
            "exports of the good",
            "all exports",
            "world exports of the good",
            "all world exports",
        )
    ),
    NoOptions,
    Units(Result.PLAIN, pairs_alike),
)
def revealed_comparative_advantage(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """Balassa's index: (x_good / x_all) / (w_good / w_all); above 1 the good is a strength.

    Source: Balassa (1965), Trade Liberalisation and "Revealed" Comparative Advantage, The
    Manchester School 33(2), 99-123. No point where one of the last three is zero.
    """
    return _combine_flows(
        inputs, lambda v: v[0] * v[3] / (v[1] * v[2]) if v[1] and v[2] and v[3] else None
    )


def _intensity_alike(count: int) -> tuple[str, ...]:
    return ("flow", "flow", PERCENTAGE) if count == 3 else pairs_alike(count)


@operation(
    Takes(
        (
            "exports to the partner",
            "all exports",
            "all imports of the partner, or its percentage of world imports",
            "world imports",
        ),
        least=3,
    ),
    NoOptions,
    Units(Result.PLAIN, _intensity_alike),
)
def trade_intensity(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """Trade intensity: (x_ab / x_a) / (m_b / m_world).

    Above 1, a sells more to b than b's weight in world imports lets expect.

    Source: Kojima (1964), The Pattern of International Trade among Advanced Countries,
    Hitotsubashi Journal of Economics 5(1), 16-36, after Brown (1949). World imports may leave
    out a's own, as Kojima does. With three inputs the third is 100 × m_b / m_world. No point
    where all exports, the partner's imports or world imports are zero.
    """

    def formula(flows: Sequence[Decimal]) -> Decimal | None:
        to_partner, exports, imports = flows[:3]
        world = flows[3] if len(flows) > 3 else Decimal(100)
        if not (exports and imports and world):
            return None
        return to_partner * world / (exports * imports)

    return _combine_flows(inputs, formula)


@operation(
    Takes(("exports of one", "imports of the other"), repeats=True, least=4),
    NoOptions,
    Units(Result.SCORE, sides_alike),
)
def complementarity(inputs: Inputs, _options: NoOptions) -> Iterable[Point]:
    """Trade complementarity: 100 × (1 − Σ|mᵢ − xᵢ| / 2), from 0 to 100.

    xᵢ is a good's share in one's exports, mᵢ its share in the other's imports.

    Source: Michaely (1996), Trade Preferential Agreements in Latin America, World Bank Policy
    Research Working Paper 1583. Shares are taken of the sums, so the goods must be all there
    are. No point where either side is zero.
    """

    def formula(flows: Sequence[Decimal]) -> Decimal | None:
        exports, imports = flows[::2], flows[1::2]
        sold, bought = total(exports), total(imports)
        if not (sold and bought):
            return None
        apart = total(abs(m * sold - x * bought) for x, m in zip(exports, imports, strict=True))
        return clip(100 - 50 * apart / (sold * bought), ZERO, 100 * ONE)

    return _combine_flows(inputs, formula)


def _mirror_result(options: MirrorOptions) -> Result:
    return Result.RATE if options.relative else Result.SAME


@operation(Takes(("one's report", "the other's report")), MirrorOptions, Units(_mirror_result))
def mirror_gap(inputs: Inputs, options: MirrorOptions) -> Iterable[Point]:
    """Gap between two reports of one flow: |a − b|, or 100 × |a − b| / ((a + b) / 2), up to 200.

    Source: United Nations (2013), International Merchandise Trade Statistics: Compilers Manual,
    Revision 1, on bilateral asymmetries. Imports usually hold freight and insurance, so a small
    gap is no error. Relative, no point where both reports are zero.
    """

    def formula(reports: Sequence[Decimal]) -> Decimal | None:
        one, other = reports
        gap = one - other if options.signed else abs(one - other)
        if not options.relative:
            return gap
        return 200 * gap / (one + other) if one + other else None

    return _combine_flows(inputs, formula)
