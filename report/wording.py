"""Which words of a language state a number, and which a direction or a comparison.

Pure. Knows languages and nothing of a report: which names units have is handed in. The rule for
writers stands in CONTRIBUTING.md: *one* and *two* are words like any other, three and above are
numbers in letters as in digits, and so are fractions and multiples.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

UP, DOWN = 1, -1


@dataclass(frozen=True, slots=True)
class Sense:
    """Words of one kind of statement, which way they point, and the test that would bear them."""

    way: int
    """UP, DOWN, or 0 where they point neither way."""
    test: str
    pattern: str
    """The words, as a verbose regular expression."""


SENSES: Mapping[str, tuple[Sense, ...]] = {
    "en": (
        Sense(UP, "number(series, end) > 2 * number(series, start)", r"doubl(?:e[sd]?|ing)"),
        Sense(
            UP, "number(series, end) > 3 * number(series, start)", r"tripl(?:e[sd]?|ing)|trebled"
        ),
        Sense(UP, "number(series, end) > 4 * number(series, start)", r"quadrupl(?:e[sd]?|ing)"),
        Sense(DOWN, "number(series, end) < number(series, start) / 2", r"halv(?:e[sd]?|ing)"),
        Sense(UP, "number(share, period) > 50", r"most\ of | majority | nearly\ all | almost\ all"),
        Sense(DOWN, "number(share, period) < 50", r"minority"),
        Sense(
            UP,
            "number(series, period) > number(other, period)",
            r"""more\ than | (?:far|much|many|even|still|slightly)\ more
            | larger | bigger | higher | greater | stronger | wider | faster
            | exceed(?:s|ed|ing)? | surpass(?:e[sd]|ing)? | outpac(?:e[sd]?|ing) | at\ least""",
        ),
        Sense(
            DOWN,
            "number(series, period) < number(other, period)",
            r"""less\ than | fewer(?:\ than)? | (?:far|much|even|still|slightly)\ (?:less|fewer)
            | smaller | lower | weaker | narrower | slower | at\ most""",
        ),
        Sense(
            UP,
            "is_record(series, period)",
            r"record | highest | largest | biggest | greatest | strongest"
            r"| peak(?:s|ed)",
        ),
        Sense(
            DOWN,
            "trough(series, start, end) == period",
            r"lowest | smallest | fewest | weakest | narrowest",
        ),
        Sense(
            UP,
            "rises(series, start, end)",
            r"""ros(?:e|en) | ris(?:e[sn]?|ing) | gr[eo]w[sn]? | growing | increas(?:e[sd]?|ing)
            | climb(?:s|ed|ing)? | surg(?:e[sd]?|ing) | soar(?:s|ed|ing)? | jump(?:s|ed|ing)?
            | widen(?:s|ed|ing)? | strengthen(?:s|ed|ing)? | expand(?:s|ed|ing)?
            | accelerat(?:e[sd]?|ing) | (?:moved|went|gone|goes|go)\ up
            | (?<!built\ )up\ (?:by|from|on)""",
        ),
        Sense(
            DOWN,
            "falls(series, start, end)",
            r"""fell | fall(?:s|en|ing)? | decreas(?:e[sd]?|ing) | declin(?:e[sd]?|ing)
            | dropp?(?:s|ed|ing)? | shr[aiu]nk(?:s|ing)? | plung(?:e[sd]?|ing)
            | slump(?:s|ed|ing)? | s[aiu]nk(?:s|ing)? | tumbl(?:e[sd]?|ing) | slid(?:es?|ing)?
            | weaken(?:s|ed|ing)? | narrow(?:s|ed|ing) | dwindl(?:e[sd]?|ing) | halving | lowered
            | fad(?:e[sd]|ing) | (?:moved|went|gone|goes|go)\ down | down\ (?:by|from|on)""",
        ),
    ),
}
"""Words of direction and comparison, by language."""
_WAYS: Mapping[str, Mapping[str, int]] = {
    "en": {
        **dict.fromkeys(("more", "above", "over", "beyond", "most", "up"), UP),
        **dict.fromkeys(("less", "below", "under", "least", "lost", "down", "missed"), DOWN),
    },
}
"""Which way words point that are free in a text, but stand in `says` as statements."""
_NEGATED: Mapping[str, str] = {"en": r"\b(?:no|not|never|nor|neither|without|hardly)\b"}

_SMALL = "three|four|five|six|seven|eight|nine|ten"
_TEENS = (
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    "(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    "(?!-(?:first|second|third|[a-z]+th)\\b)"
)
_CARDINAL = f"(?:{_SMALL}|{_TEENS})"
_PARTS = "third|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|bn|mn|trn)"
_PERCENT = r"(?:%|per\ cent\b|percent\b|percentage\ points?\b)"
_AFTER_PART = (
    r"(?!\s+(?!(?:of|in|and|or|to|as|more|less|at|by|from|on|than|was|were|is|are|since|during"
    r"|between|within|that|above|below)\b)[a-z])"
)
"""*A third country* is an ordinal: what follows a fraction is no noun."""
_AMOUNTS: Mapping[str, str] = {
    "en": rf"""
        {_CARDINAL}(?:\s+{_SCALE})?(?:\s*{_PERCENT}|\s+times\b|-?fold\b|(?:\s+|-)(?:{_PARTS})s\b)?
        | (?:one|two)(?:\s+{_PERCENT}|\s+{_SCALE}s?\b|\s+dozen\b|-fold\b)
        | two\s+(?:times\s+(?:as|the|that|those|more|larger|higher)
          |of\s+(?:the|its|their|these|those|all|them))\b
        | two(?:\s+|-)(?:{_PARTS})s\b
        | (?:a|one)(?:\s+|-)(?:{_PARTS})\b{_AFTER_PART}
        | (?:a|one|top|bottom|upper|lower)\s+quarter\b | quarters\b(?=\s+of\b)
        | (?<!first\s)(?<!second\s)(?<!other\s)half(?![- ]?year) | (?:{_PARTS})s
        | (?:an?|the)\s+(?:hundred|thousand|million|billion|trillion|dozen)
        | (?:hundred|dozen)s? | (?:thousand|million|billion|trillion)s
        | twice | thrice
    """,
}
"""Words that state an amount, by language."""
_DIGITS = (
    r"\d(?:[\d.,]*\d)?(?:\s?(?:%|per\ cent\b|percent\b|bn\b|mn\b|trn\b|billion\b|million\b"
    r"|trillion\b|thousand\b))?|[\u00bc-\u00be\u2150-\u215f\u2460-\u249b]"
)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTED = (
    "tonnes|tons|kilograms|kg|grams|kilometres|km|metres|miles|hectares|litres|barrels|cubic|square"
    "|hours|minutes|dollars|euros|pounds|points|people|persons|men|women|students|visitors"
    "|travellers|passengers|cars|vehicles|trucks|trains|ships|flights|containers|parcels|trips"
    "|voyages|visits|firms|companies|banks|projects|contracts|agreements|documents|events|measures"
    "|countries|items|units|pieces|values|observations|jobs|workers|cases|million|billion"
    "|trillion|thousand|bn|mn|trn|per\\s+cent|percent|percentage"
)
_PART_OF_TEXT = (
    "chapters?|volumes?|tables?|pages?|articles?|sections?|annex|paragraphs?|parts?|rules?|HS|SITC"
    "|ISO|No\\.|number|version"
)
_NAMES = rf"""
    (?:^|(?<=\n))\s*\#*\s*\d+\.\s                     # a numbered item
    | \b[0-3]?\d\s(?:{_MONTHS})\b                     # a day of a month
    | (?<![$€£¥])(?<![$€£¥]\s)(?<!\babout\s)(?<!\bsome\s)(?<!\bnearly\s)(?<!\balmost\s)
      (?<!\bonly\s)(?<!\broughly\s)(?<!\bexactly\s)(?<![\d.,])
      \b(?:1[89]|20)\d\d(?:[-–/](?:(?:1[89]|20)?\d\d))?s?\b(?![.,]\d)
      (?!\s*(?:%|[$€£¥]))(?!\s+(?:COUNTED)\b)         # a year, a span of years, a decade
    | \b(?:In|[Ss]ince|[Uu]ntil|[Dd]uring|{_MONTHS})\s(?:1[89]|20)\d\d\b(?![.,]\d)
      (?!\s*(?:%|per\s))                              # a year beside words that leave no doubt
    | \b[A-Z]+\d+\.\d+\b                              # names such as PM2.5
    | \b[A-Za-z]+[-–]?\d+[A-Za-z]*\b                  # names such as CO2, G20, WTO-6
    | \b\d+-(?:month|week|day|year|quarter|hour)\b    # a span that is part of a name
    | \b(?i:{_CARDINAL})-(?:month|week|day|year)\b
    | \b(?:(?i:{_CARDINAL})|[1-9]|1[0-2])\smonths\b        # a part of a year
    | \b(?i:{_PART_OF_TEXT})\s\d+(?:\.\d+)*(?:(?:,\s|\s(?:and|to)\s|[-–])\d+(?:\.\d+)*)*\b
      (?!\s?(?:%|per\s|bn|mn|[a-z]*illion))           # where something stands: table 1.2
    | \bscale\s(?:(?:of|from|up)\s)?(?:to\s)?(?:[-−]?\d+|{_CARDINAL})\b(?:\s\([\w\s]*\))?
      (?:\sto\s\d+\b(?:\s\([\w\s]*\))?)?            # a scale from 1 (worst) to 5
    | <[^>]*> | \]\([^)]*\) | \{{:?[^}}]*\}}          # markup: tags, link targets, attributes
"""


_MAY_HOLD_NAMES = re.compile(r"[\d<\]{]|month|week|day|year|scale", re.IGNORECASE)
"""What each of these names holds: a text without any of it need not be searched for them."""


@lru_cache
def _compile_names(units: frozenset[str]) -> re.Pattern[str]:
    counted = "|".join([_COUNTED, *sorted(map(re.escape, units))])
    return re.compile(_NAMES.replace("COUNTED", counted), re.VERBOSE)


@lru_cache
def _compile_amounts(language: str) -> re.Pattern[str]:
    words = _AMOUNTS.get(language)
    spoken = rf"|(?<!\w)(?<!\w-)(?:{words})(?!\w)" if words else ""
    return re.compile(_DIGITS + spoken, re.VERBOSE | re.IGNORECASE)


@lru_cache
def _compile_senses(language: str) -> re.Pattern[str] | None:
    senses = SENSES.get(language)
    if senses is None:
        return None
    groups = "|".join(f"(?P<s{at}>{sense.pattern})" for at, sense in enumerate(senses))
    return re.compile(rf"\b(?:{groups})\b", re.VERBOSE | re.IGNORECASE)


def blank_names(text: str, units: Collection[str] = ()) -> str:
    """A text with years, days, markup and names that hold digits replaced by spaces.

    `units` are words beside which a number is no year, such as those of the report's units.
    """
    if not _MAY_HOLD_NAMES.search(text):
        return text
    names = _compile_names(frozenset(units))
    return names.sub(lambda found: " " * len(found[0]), text)


def find_amounts(
    text: str, language: str, units: Collection[str] = ()
) -> Iterator[tuple[int, str]]:
    """Where a text states an amount, in digits or in words, and with which characters."""
    for found in _compile_amounts(language).finditer(blank_names(text, units)):
        yield found.start(), " ".join(found[0].split())


def find_directions(text: str, language: str) -> Iterator[tuple[int, str, Sense]]:
    """Where a text states a direction or a comparison, with which words, and in which sense."""
    pattern = _compile_senses(language)
    if pattern is None:
        return
    for found in pattern.finditer(blank_names(text)):
        at = int((found.lastgroup or "s0")[1:])
        yield found.start(), found[0], SENSES[language][at]


def find_ways(text: str, language: str) -> set[int]:
    """The ways in which words point that are said of a test; empty where they point nowhere."""
    if re.search(_NEGATED.get(language, "(?!)"), text, re.IGNORECASE):
        return set()
    ways = {sense.way for _, _, sense in find_directions(text, language)}
    plain = _WAYS.get(language, {})
    ways |= {plain.get(word.lower(), 0) for word in re.findall(r"\w+", text)}
    return ways - {0}


def find_statements(
    text: str, language: str, units: Collection[str] = ()
) -> Iterator[tuple[int, str, str, str]]:
    """What a text states that must be bound to data: where, code, what was found, what to write."""
    for at, amount in find_amounts(text, language, units):
        if amount[0].isalpha():
            what = f"the words {amount!r} state an amount and are bound to no data"
            remedy = (
                "write {{ count(…) }} or {{ value(series, period) }}, "
                f"{{{{ says({amount!r}, number(series, period) > …) }}}}, "
                "or {{ quoted(text, source) }}"
            )
        else:
            what = f"the number {amount!r} stands in the words"
            remedy = "write {{ value(series, period) }}, or {{ quoted(text, source) }}"
        yield at, "E530", what, remedy
    for at, words, sense in find_directions(text, language):
        what = f"the words {words!r} are bound to no data"
        yield at, "E531", what, f"write {{{{ says({words!r}, {sense.test}) }}}} or its like"
