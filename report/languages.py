"""How a language says interface words, numbers, days and periods.

Knows gettext messages and Babel's rules. Knows nothing of files: messages are handed in. Every
number that a reader sees is rounded here, half to even, and nowhere else.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from report.declaring import Texts, choose_text
from report.model import Unit
from report.periods import Kind, Period

MINUS = "\N{MINUS SIGN}"


@lru_cache(maxsize=20_000)
def _group_digits(exact: Decimal, digits: int, language: str) -> str:
    """A number as the language writes it; figures show most of them thrice."""
    return format_decimal(
        exact,
        format="#,##0." + "0" * digits if digits else "#,##0",
        locale=language,
        decimal_quantization=False,
    )


def parse_catalogue(language: str, text: str) -> Catalogue:
    """A language with the translations of a gettext catalogue (`.po`), given as text.

    Fuzzy and empty translations are left out, so that their words stay English.
    """
    catalogue = read_po(io.BytesIO(text.encode()), locale=language)
    messages = {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
    return Catalogue(language, messages)


_STEPS = ((1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True)
class Catalogue:
    """One language's words and rules of writing."""

    language: str
    messages: Mapping[str, str] = field(default_factory=dict)
    """Translations of interface words by their English form; a missing one stays English."""

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    def gettext(self, message: str, **values: object) -> str:
        """The interface words `message` in this language, with `%(name)s` filled in."""
        words = self.messages.get(message) or message
        return words % values if values else words

    def label(self, name: str) -> str:
        """A name that data give to a kind of things, as a label: `state-visit` is `State visit`."""
        words = name.replace("_", " ").replace("-", " ")
        return self.gettext(words[:1].upper() + words[1:])

    def text(self, texts: Texts) -> str:
        """Words of the report in this language, or in the first language where not written."""
        return choose_text(texts, self.language)[0]

    def number(self, value: Decimal | int, digits: int = 0, *, signed: bool = False) -> str:
        """A number with exactly `digits` decimals, thousands grouped, and a true minus sign."""
        exact = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        shown = _group_digits(abs(exact), digits, self.language)
        sign = MINUS if exact < 0 else "+" if signed and exact > 0 else ""
        return sign + shown

    def amount(self, value: Decimal, unit: Unit, digits: int | None = None) -> str:
        """A number with its unit as the unit's pattern writes it, e.g. `228.1 bn USD`."""
        shown = self.number(value, unit.digits if digits is None else digits)
        return self.text(unit.pattern).replace("{}", shown)

    def size(self, count: int) -> str:
        """So many bytes in words, by thousands as readers' systems count, e.g. `1.4 kB`."""
        for step, unit in _STEPS:
            if count >= step:
                digits = 1 if count < 10 * step else 0
                return f"{self.number(Decimal(count) / step, digits)}\N{NO-BREAK SPACE}{unit}"
        return self.gettext("%(count)s bytes", count=count)

    def day(self, day: date) -> str:
        """A day in words, e.g. `24 November 2026`."""
        pattern = "d MMMM y" if self.language == "en" else "long"
        return format_date(day, format=pattern, locale=self._locale)

    def period(self, period: Period) -> str:
        """A period in words: `2016`, `Q1 2016`, `March 2016`, `14 March 2016`."""
        year = period.start.year
        match period.kind:
            case Kind.YEAR:
                return f"{year}"
            case Kind.HALF:
                half = (period.start.month + 5) // 6
                return self.gettext("H%(half)s %(year)s", half=half, year=year)
            case Kind.QUARTER:
                quarter = (period.start.month + 2) // 3
                return self.gettext("Q%(quarter)s %(year)s", quarter=quarter, year=year)
            case Kind.MONTH:
                pattern = "MMMM y" if self.language == "en" else "LLLL y"
                if self.language == "zh":
                    pattern = "y年M月"
                return format_date(period.start, format=pattern, locale=self._locale)
            case Kind.DAY:
                return self.day(period.start)
