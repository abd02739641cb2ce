"""Every page of a preview says that it is one, to readers and to search engines."""

from __future__ import annotations

import html5lib
import pytest

from report.notices import NOTICE, STYLE, STYLE_NAME, NoPlaceForNotice, mark_preview
from report.policies import find_policy_faults
from tests.test_policies import PAGE, SOUND

HTML = "{http://www.w3.org/1999/xhtml}"


def test_each_page_is_marked_after_its_policy_and_other_files_are_left() -> None:
    """The notice comes first in the body, its style by an address that holds at any depth."""
    files = {"index.html": SOUND.encode(), "en/2026/a/index.html": SOUND.encode(), "x.css": b"p{}"}

    marked = mark_preview(files)

    assert marked["x.css"] == b"p{}"
    assert marked[STYLE_NAME] == STYLE
    for path, style in (("index.html", ""), ("en/2026/a/index.html", "../../../")):
        page = html5lib.parse(marked[path].decode())
        robots = page.find(f".//{HTML}meta[@name='robots']")
        link = page.find(f".//{HTML}link[@rel='stylesheet']")
        first = page.find(f"./{HTML}body/*")
        assert robots is not None
        assert robots.get("content") == "noindex"
        assert link is not None
        assert link.get("href") == style + STYLE_NAME
        assert first is not None
        assert first.text == NOTICE
        assert list(find_policy_faults(marked[path].decode())) == []


@pytest.mark.parametrize(
    "files",
    [
        {"index.html": PAGE.encode()},
        {"index.html": SOUND.replace("<body>", "").encode()},
        {"index.html": SOUND.replace("</body>", "</head><body></body>").encode()},
        {STYLE_NAME: b""},
    ],
)
def test_a_page_that_cannot_be_marked_is_not_shown(files: dict[str, bytes]) -> None:
    """Without a place for the notice there is no preview."""
    with pytest.raises(NoPlaceForNotice):
        mark_preview(files)
