"""Readers of all kinds: how they open a page, and whatever then goes wrong.

Knows the built site's layout and what a page may never do: complain, ask another host, break its
own policy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Request, expect

KINDS = (
    *("", "pathways/", "pathways/policy_coordination/", "safeguards/risk_control/"),
    *("status/scale/", "events/", "data/", "sources/", "method/", "measures/", "institutions/"),
    *("claims/", "constraints/", "opportunities/", "revisions/", "glossary/", "cite/"),
    "accessibility/",
)
"""One page of every kind, below the edition."""
EDITIONS = ("2026", "2017")
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation",
e => console.error("policy: " + e.violatedDirective + " " + e.blockedURI))"""


@dataclass(slots=True)
class Reader:
    """A page in a browser, and a list that fills with whatever goes wrong."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def visit(self, name: str) -> None:
        """Open a page below the served site, and wait for its scripts, its fonts and its parts."""
        self.page.goto(f"{self.address}/{name}", wait_until="load")
        self.page.locator(".md-version").wait_for()  # the last thing that scripts ask for
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def close(self) -> None:
        """Forget everything; answers that are still on their way are wanted no more."""
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.context.close()


def open_reader(
    browser: Browser, address: str, width: int, scheme: str = "light", **more: Any
) -> Reader:
    """A reader at a width and colour scheme, without motion so that nothing need be waited for."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        **more,
    )
    context.add_init_script(TELL_VIOLATIONS)
    reader = Reader(context.new_page(), address)
    wrong = reader.wrong

    def judge(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            wrong.append(f"asked {request.url}")

    def fail(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the next page cut off did not fail
            wrong.append(f"failed {request.url}")

    page = reader.page
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", judge)
    page.on("requestfailed", fail)
    return reader


def list_pages(site: Path, edition: str) -> list[str]:
    """Addresses of all pages of an edition, below the site, but for those to embed elsewhere."""
    return sorted(
        path.parent.relative_to(site).as_posix() + "/"
        for path in (site / "en" / edition).rglob("index.html")
        if "embed" not in path.parts
    )


def find_figure(reader: Reader, name: str = "") -> Locator:
    """A figure by its id, or the first of the page."""
    return reader.page.locator(f"#plate-{name}" if name else "figure.figure").first


def wake(reader: Reader, figure: Locator) -> Locator:
    """Ask for a figure's chart, by keyboard; gives the chart, which then has the focus."""
    button, chart = figure.locator(".chart-tools__ask"), figure.locator(".chart")
    expect(button).to_be_visible()
    button.focus()
    if chart.count():  # it came by itself, for the reader is near
        chart.focus()
    else:
        reader.page.keyboard.press("Enter")
    expect(chart).to_be_focused()
    return chart
