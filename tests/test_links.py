"""The judge of built sites: each fault is found, and a good site has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.links import find_faults
from report.remembering import Memory

BASE = "/reports/trips/"


def judge(folder: Path, body: str, files: dict[str, str] | None = None) -> list[str]:
    """Faults of a site whose page `a/index.html` holds `body`, beside a few good files."""
    page = f"<!doctype html><title>t</title><body><article>{body}</article></body>"
    good = {
        "index.html": '<h1 id="top">Top</h1><p>x</p>',
        "b/index.html": '<p id="here">x</p>',
        "x.css": "p{}",
        "pic.png": "",
        "a/index.html": page,
    }
    for path, text in {**good, **(files or {})}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [str(fault) for fault in find_faults(folder, BASE)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../">x</a><a href="..">x</a><a href="./">x</a><a href="../b/#here">x</a>',
        '<a href="#me" id="me">x</a><a href="../?q=1#top">x</a><a href="">x</a>',
        '<a href="https://example.org/x">x</a><a href="mailto:a@example.org">x</a>',
        '<img src="../pic.png" srcset="../pic.png 1x, ../pic.png 2x"><img src="data:,x">',
        '<link rel="canonical" href="https://example.org/a/">',
        '<p>the words href="nowhere" id="me" and id="me" are no markup</p>',
        '<!-- <a href="nowhere"> --><script>var x = "<a href=nowhere>"</script>',
        '<svg><clipPath id="c"/><g clip-path="url(#c)"/></svg>',
        "<h2>One</h2><h3>Two</h3><p>words</p><h2>Three</h2><svg></svg>",
        '<p id="l">x</p><div aria-labelledby="l" title="a > b">x</div>',
        '<p title="a href=nowhere onclick=x() id=l style=no url(#no)" id="l">x</p>',
        """<p title='a src="nowhere" onload=x()' data-x=" id='l'" id="l">x</p>""",
        "<h2>中文</h2><p>Россия</p>",
    ],
)
def test_a_good_page_has_no_fault(tmp_path: Path, body: str) -> None:
    """Links within the site, links that a reader clicks, and words that look like markup."""
    assert judge(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="../c/">x</a>', "'../c/' leads nowhere"),
        ("<a href='../c/'>x</a>", "'../c/' leads nowhere"),
        ("<a href=../c/>x</a>", "'../c/' leads nowhere"),
        ('<a title="a > b" href="../c/">x</a>', "'../c/' leads nowhere"),
        ('<a href="../../c/">x</a>', "'../../c/' leads nowhere"),
        ('<a href="../b">x</a>', "'../b' leads to a folder; write a slash at its end"),
        ('<a href="../b/#there">x</a>', "'../b/#there' names a place that is not on the page"),
        ('<a href="/b/">x</a>', "'/b/' holds only where the site is published; write it relative"),
        (f'<a href="{BASE}b/">x</a>', f"'{BASE}b/' holds only where the site is published"),
        ('<a href="javascript:alert(1)">x</a>', "'javascript:alert(1)' is no web address"),
        ('<a href="data:text/html,x">x</a>', "'data:text/html,x' is no web address"),
        ('<a href="//example.org/">x</a>', "'//example.org/' is no web address"),
        ('<img src="https://example.org/x.png">', "<img> asks another host: 'https://exam"),
        ('<img src="//example.org/x.png">', "<img> asks another host: '//example.org/x.png'"),
        ('<img srcset="../no.png 2x">', "'../no.png' leads nowhere"),
        ('<script src="https://example.org/x.js"></script>', "<script> asks another host"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "<link> asks another host"),
        ('<p id="l"></p><p id="l"></p>', "the id 'l' is there twice"),
        ('<label for="l">x</label>', "'l' is named, but no element has this id"),
        ('<svg><g fill="url(#no)"/></svg>', "'no' is named, but no element has this id"),
        ('<p style="color:red">x</p>', "<p> has 'style', which the page's policy forbids"),
        ('<a href="http://[x">x</a>', "'http://[x' is no web address"),
        ('<p onclick="x()">x</p>', "<p> has 'onclick', which the page's policy forbids"),
        ('<p title=" id=" onclick="x()">x</p>', "<p> has 'onclick', which the page's policy"),
        ("<h2>One</h2><h2>Two</h2><p>x</p>", "the section 'One' is empty"),
        ("<h3>One</h3> <div><p> </p></div><h2>Two</h2><p>x</p>", "the section 'One' is empty"),
        ('<h2>One<a class="headerlink" href="#x">¶</a></h2>', "the section 'One' is empty"),
        ("<h2> <b></b></h2><p>x</p>", "a heading holds no words"),
    ],
)
def test_each_fault_is_found_and_said(tmp_path: Path, body: str, fault: str) -> None:
    """The page is named, and what is wrong with it."""
    found = judge(tmp_path, body)

    assert any(text.startswith(f"a/index.html: {fault}") for text in found), found


@pytest.mark.parametrize(
    ("css", "faults"),
    [
        ("a{background:url(../pic.png)} /* url(no.png) */ b{fill:url(#x);c:url('data:,x')}", []),
        ("a{src:url(no.woff2)}", ["css/y.css: 'no.woff2' leads nowhere"]),
        ('@import "https://example.org/x.css"', ["css/y.css: <style> asks another host"]),
        ("a{background:url( 'https://example.org/x' )}", ["css/y.css: <style> asks another host"]),
    ],
)
def test_style_sheets_are_judged_too(tmp_path: Path, css: str, faults: list[str]) -> None:
    """A font or an image of a style sheet lies in the site."""
    found = judge(tmp_path, "x", {"css/y.css": css})

    assert len(found) == len(faults)
    assert all(text.startswith(wanted) for text, wanted in zip(found, faults, strict=True))


def test_the_page_for_wrong_addresses_links_from_the_sites_root(tmp_path: Path) -> None:
    """404.html is shown at any depth: it alone may write the whole path, and that one is judged."""
    good = f'<a href="{BASE}">x</a><a href="{BASE}b/#here">x</a>'
    bad = f'<a href="{BASE}c/">x</a><a href="/b/">x</a>'

    assert judge(tmp_path, "x", {"404.html": good}) == []
    assert judge(tmp_path, "x", {"404.html": bad}) == [
        "404.html: '/b/' leads nowhere",
        f"404.html: '{BASE}c/' leads nowhere",
    ]


def test_a_remembered_page_is_judged_in_every_run(tmp_path: Path) -> None:
    """What has changed around it is found; what was wrong with it stays wrong."""
    memory = Memory()
    body = '<a href="../b/#here" style="x">x</a><h2></h2><p id="p">x</p><p id="p">x</p>'
    first = judge(tmp_path, body)
    assert find_faults(tmp_path, BASE, memory=memory) == find_faults(tmp_path, BASE)
    memory = Memory(memory.settle())
    (tmp_path / "b" / "index.html").unlink()
    found = [str(fault) for fault in find_faults(tmp_path, BASE, memory=memory)]

    assert len(first) == 3
    assert set(found) - set(first) == {"a/index.html: '../b/#here' leads nowhere"}
    assert set(first) < set(found)


def test_the_same_content_is_read_by_its_name(tmp_path: Path) -> None:
    """A sheet of styles that holds a page's words is no page, also where both are remembered."""
    text = '<a href="nowhere/">x</a> @import "lacking.css"'
    memory = Memory()
    (tmp_path / "a.html").write_text(text)
    (tmp_path / "b.css").write_text(text)

    for _ in range(2):
        found = [str(fault) for fault in find_faults(tmp_path, BASE, memory=memory)]
        assert found == [
            "a.html: 'nowhere/' leads nowhere",
            "b.css: 'lacking.css' leads nowhere",
        ]
