"""The theme's script told to fetch the search index when a reader searches, and not before.

Pure. Knows the one condition in the theme's script that has the index fetched with each first page:
there the address is compared with that of a file, for which the theme waits as well. Where a later
theme says it otherwise, nothing is changed, and the index comes with the first page as before.
"""

from __future__ import annotations

import re

INDEX = "search/search_index.json"
"""Where the theme looks for the index, below the edition's site."""
_AT_ONCE = re.compile(rb'location\.protocol!=="file:"(?=\),[\w$]+\("search"\)\))')


def defer_index(code: bytes) -> bytes:
    """The script with the condition never met, so that the index waits for the search to open."""
    return _AT_ONCE.sub(b"!1", code)
