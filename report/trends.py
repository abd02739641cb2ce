"""Whether values in order of time go one way: two tests that assume no distribution.

Pure. Knows numbers only. The trend test is that of Mann (Nonparametric Tests Against Trend,
Econometrica 13, 1945) and Kendall (Rank Correlation Methods, 1975), with his correction for ties
and the normal approximation; the sign test of steps is older (Arbuthnott 1710; Dixon and Mood, The
Statistical Sign Test, Journal of the American Statistical Association 41, 1946).
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST_POINTS = 8
"""Below this the normal approximation is not used and a trend stays undecided."""
LEVEL = 0.05
"""Two-sided probability below which a trend is taken for one."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What both tests say of values in order of time."""

    count: int
    score: int
    """Kendall's S: pairs in rising order less pairs in falling order."""
    deviation: float
    """Standard deviation of S if there were no trend."""
    z: float
    chance: float
    """Two-sided probability of such an S without a trend."""
    ups: int
    """Steps from one value to the next that rise."""
    downs: int
    steps_chance: float
    """Two-sided probability of so uneven a number of rising and falling steps."""

    @property
    def is_long_enough(self) -> bool:
        """Whether there are points enough to judge."""
        return self.count >= FEWEST_POINTS

    def goes(self, way: int, *, steadily: bool = False) -> bool:
        """Whether it goes up (1) or down (-1) beyond chance; steadily also step by step."""
        is_trend = self.score * way > 0 and self.chance < LEVEL
        is_steady = (self.ups - self.downs) * way > 0 and self.steps_chance < LEVEL
        return self.is_long_enough and is_trend and (is_steady or not steadily)


def measure_trend(values: Sequence[Decimal]) -> Trend:
    """Mann and Kendall's test and the sign test of steps.

    S is the sum of the signs of all later less earlier values. Without a trend its variance is
    (n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5)) / 18 over groups of t equal values, and
    Z = (S ∓ 1) / √variance is taken as standard normal.
    """
    count = len(values)
    score = sum(
        _sign(later - earlier) for at, earlier in enumerate(values) for later in values[at + 1 :]
    )
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    deviation = math.sqrt((count * (count - 1) * (2 * count + 5) - ties) / 18)
    z = (score - _sign(score)) / deviation if score else 0.0
    steps = [_sign(later - earlier) for earlier, later in itertools.pairwise(values)]
    ups, downs = steps.count(1), steps.count(-1)
    chance = math.erfc(abs(z) / math.sqrt(2))
    return Trend(count, score, deviation, z, chance, ups, downs, chance_of_signs(ups, downs))


def chance_of_signs(ups: int, downs: int) -> float:
    """Two-sided probability of so uneven a split of signs if both were equally likely."""
    count = ups + downs
    tail = sum(math.comb(count, k) for k in range(min(ups, downs) + 1))
    return min(1.0, tail / 2.0 ** (count - 1)) if count else 1.0


def _sign(value: Decimal | int) -> int:
    return (value > 0) - (value < 0)
