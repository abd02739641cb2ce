"""Links within a site are relative and lead where they say."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.addresses import make_slug, name_letter, relate, relate_file, to_address

names = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True).filter(lambda name: name != "index")
documents = st.builds(
    lambda folders, name: "/".join([*folders, name]) + ".md",
    st.lists(names, max_size=3),
    st.one_of(names, st.just("index")),
)


@pytest.mark.parametrize(
    ("document", "address"),
    [
        ("index.md", ""),
        ("events.md", "events/"),
        ("corridors/index.md", "corridors/"),
        ("corridors/river.md", "corridors/river/"),
    ],
)
def test_a_document_lies_in_a_folder_of_its_name(document: str, address: str) -> None:
    """Addresses end in a slash and name no file."""
    assert to_address(document) == address


@pytest.mark.parametrize(
    ("start", "target", "anchor", "link"),
    [
        ("index.md", "index.md", "", "./"),
        ("index.md", "events.md", "e1", "events/#e1"),
        ("events.md", "index.md", "", "../"),
        ("corridors/river.md", "events.md", "e1", "../../events/#e1"),
        ("corridors/river.md", "corridors/hill.md", "", "../hill/"),
        ("corridors/river.md", "corridors/index.md", "", "../"),
        ("corridors/river.md", "corridors/river.md", "x", "./#x"),
    ],
)
def test_links_are_relative(start: str, target: str, anchor: str, link: str) -> None:
    """A link works below any base path."""
    assert relate(start, target, anchor) == link


@given(documents, documents)
def test_a_link_joined_to_its_start_gives_the_target(start: str, target: str) -> None:
    """Whoever follows the link from the start arrives at the target, also as a folder."""
    link = relate(start, target)

    arrived = posixpath.normpath(posixpath.join("/site", to_address(start), link))
    assert arrived == posixpath.normpath(posixpath.join("/site", to_address(target)))
    assert link.endswith("/")
    assert not link.startswith("/")


@given(documents, st.builds("{}/{}.csv".format, names, names))
def test_a_link_to_a_file_leads_to_the_file(start: str, path: str) -> None:
    """Files keep their own names."""
    link = relate_file(start, path)

    assert posixpath.normpath(posixpath.join("/site", to_address(start), link)) == f"/site/{path}"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bicycle corridors", "bicycle-corridors"),
        ("A–B trade: Überblick, 2nd", "a-b-trade-uberblick-2nd"),
        ("贸易", "report"),
        ("../../etc", "etc"),
    ],
)
def test_names_of_files_are_plain(title: str, slug: str) -> None:
    """Letters, digits and hyphens, whatever the report is called."""
    assert make_slug(title) == slug


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("A", "a"),
        ("Z", "z"),
        ("#", "other"),
        ("Б", "411"),
        ("人", "4eba"),
        ("Ä", "c4"),
        ("ß", "df"),
    ],
)
def test_a_letter_is_named_alike_whichever_others_there_are(letter: str, name: str) -> None:
    """So that a link to the sources under it holds in later editions."""
    assert name_letter(letter) == name
