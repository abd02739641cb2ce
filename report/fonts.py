"""The fonts that pages load, taken from where npm installs them, and the CSS that names them.

Touches the outside only by reading `node_modules`. Knows which subsets and weights pages need; each
subset is loaded by a browser only where a page holds one of its letters.
"""

from __future__ import annotations

import json
from pathlib import Path

from report.problems import WriteFailed

PACKAGE = "@fontsource/noto-sans"
SUBSETS = ("latin-ext", "cyrillic", "latin")
WEIGHTS = (400, 600, 700)


def read_fonts(modules: Path) -> dict[str, bytes]:
    """Font files and their CSS by path below an edition's site.

    Raises WriteFailed where npm has not been run.
    """
    package = modules / PACKAGE
    try:
        ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
        names = [f"noto-sans-{s}-{w}-normal.woff2" for s in SUBSETS for w in WEIGHTS]
        files = {f"assets/fonts/{n}": (package / "files" / n).read_bytes() for n in names}
    except OSError as error:
        message = f"{error.filename}: the fonts are not installed; run `make node_modules/.ready`"
        raise WriteFailed(message) from error
    rules = [
        "@font-face{font-family:'Noto Sans';font-style:normal;font-display:swap;"
        f"font-weight:{weight};src:url(fonts/noto-sans-{subset}-{weight}-normal.woff2) "
        f"format('woff2');unicode-range:{ranges[subset]}}}"
        for subset in SUBSETS
        for weight in WEIGHTS
    ]
    return files | {"assets/fonts.css": ("\n".join(rules) + "\n").encode()}
