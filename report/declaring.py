"""The base of all declarations: frozen, whole, and with words in several languages.

Knows how an id is written and which languages there are. Knows nothing of what is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_DEVICES = {"con", "prn", "aux", "nul"} | {f"{a}{n}" for a in ("com", "lpt") for n in range(1, 10)}


def _refuse_device(name: str) -> str:
    """Refuse a name that no file can have on Windows, whatever stands behind its first point."""
    if name.partition(".")[0] in _DEVICES:
        raise ValueError("Windows keeps this name for a device; choose another")
    return name


ID_FORM = r"^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$"
"""Words of small letters and digits, with one dot, dash or underscore between each two."""
ID_REMEDY = "write small letters and digits, with . _ or - between words"
Id = Annotated[
    str,
    Field(pattern=ID_FORM, max_length=80),
    AfterValidator(_refuse_device),
]
"""A name in lower case: letters and digits in parts joined by `.`, `_` or `-`."""

Language = Literal["en", "zh", "ru"]
FIRST_LANGUAGE: Language = "en"


def _as_texts(value: object) -> object:
    """A bare string stands for English, which is always written first."""
    return {FIRST_LANGUAGE: value} if isinstance(value, str) else value


Texts = Annotated[Mapping[Language, str], BeforeValidator(_as_texts)]
"""The same words in each language they are written in, e.g. `{"en": "Trade", "zh": "贸易"}`."""


def choose_text(texts: Mapping[Language, str], language: str) -> tuple[str, str]:
    """Words in the language asked for or else the first, and the language they are in."""
    for wanted in (language, FIRST_LANGUAGE):
        for name, words in texts.items():
            if name == wanted and words:
                return words, name
    return "", FIRST_LANGUAGE


class Model(BaseModel):
    """A frozen declaration; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)
