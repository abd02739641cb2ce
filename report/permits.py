"""Licences by the names that reports give them, as machines know them.

Pure. Knows how SPDX and Creative Commons write their own licences. Of a licence that is none of
these it knows nothing, and says so by giving nothing: no terms are guessed.
"""

from __future__ import annotations

import re

CREATIVE_COMMONS = "https://creativecommons.org/"
_NAME = re.compile(r"CC (BY(?:-(?:SA|ND|NC|NC-SA|NC-ND))?) ([1-4]\.0)|CC0 (1\.0)")


def find_spdx(licence: str) -> str:
    """The identifier in the list of SPDX, e.g. `CC-BY-4.0` for `CC BY 4.0`; else empty."""
    return licence.replace(" ", "-") if _NAME.fullmatch(licence) else ""


def find_terms(licence: str) -> str:
    """The address of a licence's terms; empty where it is not known."""
    found = _NAME.fullmatch(licence)
    if found is None:
        return ""
    if found[3]:
        return f"{CREATIVE_COMMONS}publicdomain/zero/{found[3]}/"
    return f"{CREATIVE_COMMONS}licenses/{found[1].lower()}/{found[2]}/"
