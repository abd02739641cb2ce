"""What a page may load and run: its Content-Security-Policy, given and judged.

Pure. Knows HTML as text. A policy in a page holds only for what stands after it, so it stands first
in the head. It allows the site's own files, and inline code by its hash; nothing else runs.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

_CHARSET = '<meta charset="utf-8">'
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_INLINE = {
    "script": re.compile(r"<script>(.*?)</script>", re.DOTALL),
    "style": re.compile(r"<style>(.*?)</style>", re.DOTALL),
}
_START = re.compile(
    r'\s*<!doctype html>\s*<html(?: (?:lang|dir|class)="[^"<>]*")*>\s*<head>\s*'
    + re.escape(_CHARSET)
    + r'<meta http-equiv="Content-Security-Policy" content="([^"<>]*)">'
)
"""How each page begins. Nothing before the policy can run: no element, no attribute but these."""
_FIXED = {
    "default-src": "'none'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""Directives that are the same on every page."""
_HASH = re.compile(r"'sha256-([A-Za-z0-9+/]{43}=)'")
_CODE_TYPES = {"", "module", "text/javascript", "application/javascript", "importmap"}
"""Types of a script that a browser runs; others are data."""


def add_policy(html: str) -> str:
    """A page that allows only its own files and the forms' inline code, none of the words'."""
    forms = _ARTICLE.sub("", html)
    allowed = {
        kind: " ".join(
            ["'self'", *(f"'sha256-{hash_code(code)}'" for code in dict.fromkeys(found))]
        )
        for kind, pattern in _INLINE.items()
        for found in [pattern.findall(forms)]
    }
    policy = (
        f"default-src 'none'; script-src {allowed['script']}; style-src {allowed['style']}; "
        + "; ".join(f"{name} {value}" for name, value in list(_FIXED.items())[1:])
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, _CHARSET + meta, 1)


def hash_code(code: str) -> str:
    """The hash of inline code as a policy names it: SHA-256 in base 64."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def find_policy_end(html: str) -> int:
    """Where the security policy ends with which a page begins; 0 where it does not begin so."""
    start = _START.match(html)
    return start.end() if start else 0


def find_policy_faults(html: str) -> Iterator[str]:
    """Why a page might load or run what this project's pages may not; nothing where it is sound."""
    start = _START.match(html)
    if start is None:
        yield "does not begin with the security policy"
        return
    policy = _parse(start[1])
    for name, value in _FIXED.items():
        if policy.get(name) != value:
            yield f"its policy says {name} {policy.get(name, 'nothing')}, not {value}"
    for name in sorted(set(policy) - set(_FIXED) - {"script-src", "style-src"}):
        yield f"its policy has {name}, which no page has"
    scripts = _collect_scripts(html)
    for name, known in (("script-src", scripts), ("style-src", None)):
        yield from _judge_sources(name, policy.get(name, ""), known)
    named = set(_HASH.findall(policy.get("script-src", "")))
    for code in scripts:
        if hash_code(code) not in named:
            yield f"an inline script is not named in its policy: {' '.join(code.split())[:40]!r}"


def _parse(policy: str) -> dict[str, str]:
    """Directives by name; one that is there twice is given a value that is none."""
    found: dict[str, str] = {}
    for part in policy.split(";"):
        name, _, value = part.strip().partition(" ")
        found[name] = "twice" if name in found else value.strip()
    return found


def _judge_sources(name: str, value: str, scripts: list[str] | None) -> Iterator[str]:
    """What a list of sources may not hold; `scripts` are those that hashes may stand for."""
    sources = value.split()
    if "'self'" not in sources:
        yield f"its policy's {name} has no 'self'"
    known = None if scripts is None else {hash_code(script) for script in scripts}
    for source in sources:
        found = _HASH.fullmatch(source)
        if found is None and source != "'self'":
            yield f"its policy's {name} allows {source}"
        elif found is not None and known is not None and found[1] not in known:
            yield f"its policy's {name} names a script that is not on the page: {found[1]}"


class _Scripts(HTMLParser):
    """The inline scripts of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a script that is code and stands in the page itself."""
        given = dict(attrs)
        code = (given.get("type") or "").strip().lower() in _CODE_TYPES
        self._inside = tag == "script" and "src" not in given and code
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a script."""
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Take a piece of a script."""
        if self._inside:
            self.found[-1] += data


def _collect_scripts(html: str) -> list[str]:
    parser = _Scripts()
    parser.feed(html)
    parser.close()
    return parser.found
