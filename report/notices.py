"""The notice that a preview's pages carry: not published, and not for search engines.

Pure. Put in by whoever shows a preview, not by who built it, so that no change can leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from report.policies import find_policy_end
from report.problems import ReportError

STYLE_NAME = "preview-notice.css"
NOTICE = "Preview of a change, not published."
STYLE = b""".preview-notice {
  background: #7a1420;
  border: 0.125rem solid #fff;
  color: #fff;
  font: 700 0.9375rem/1.4 "Noto Sans", system-ui, sans-serif;
  padding: 0.5rem 1rem;
  text-align: center;
}
"""
_BODY = re.compile(r"</head>\s*<body[^<>]*>")


class NoPlaceForNotice(ReportError):
    """Pages that cannot be marked as a preview; nothing may be shown then."""


def mark_preview(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a site with the notice on every page; raises NoPlaceForNotice."""
    if STYLE_NAME in files:
        raise NoPlaceForNotice(f"{STYLE_NAME} is a name that previews need themselves")
    marked = {
        path: _mark_page(path, content.decode()).encode() if path.endswith(".html") else content
        for path, content in files.items()
    }
    return {**marked, STYLE_NAME: STYLE}


def _mark_page(path: str, html: str) -> str:
    """A page that says what it is, after its policy; the style's address is relative."""
    start, places = find_policy_end(html), _BODY.findall(html)
    if not start or len(places) != 1:
        raise NoPlaceForNotice(f"{path} has no place for the notice that it is a preview")
    up = "../" * path.count("/")
    head = f'<meta name="robots" content="noindex"><link rel="stylesheet" href="{up}{STYLE_NAME}">'
    body = f'<aside class="preview-notice" lang="en" aria-label="Preview">{NOTICE}</aside>'
    html = html.replace(places[0], places[0] + body)
    return html[:start] + head + html[start:]
