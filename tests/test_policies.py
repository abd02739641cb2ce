"""A page runs nothing but the site's own files and code named by its hash."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.policies import add_policy, find_policy_faults

PAGE = """<!doctype html>
<html lang="en" class="no-js">
  <head>
    <meta charset="utf-8">
    <title>T</title><style>p{}</style>
  </head>
  <body><script>go()</script><script type="application/json">{"a": 1}</script>
  <article><p>Words</p></article></body></html>
"""
SOUND = add_policy(PAGE)


def name_hash(code: str) -> str:
    """A hash as the standard writes it (CSP 3, section 6.7.2.4), by a second way."""
    return "sha256-" + base64.standard_b64encode(hashlib.sha256(code.encode()).digest()).decode()


def test_a_policy_stands_first_and_names_the_forms_code() -> None:
    """Everything after it is covered; the article's code is not named, so it cannot run."""
    page = add_policy(PAGE.replace("Words", "<script>evil()</script>"))
    policy = page.split('content="')[1].split('"')[0]

    assert page.index("Content-Security-Policy") < page.index("<title>")
    assert f"script-src 'self' '{name_hash('go()')}';" in policy
    assert f"style-src 'self' '{name_hash('p{}')}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert name_hash("evil()") not in policy


def test_a_sound_page_has_no_faults() -> None:
    """What this project makes is taken; a script that is data needs no hash."""
    assert list(find_policy_faults(SOUND)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<head>", "<head><script>early()</script>", "does not begin with"),
        ('lang="en"', 'lang="en" onclick="early()"', "does not begin with"),
        ("<!doctype html>", "<!doctype html><!-- <head> -->", "does not begin with"),
        ('http-equiv="Content', 'http-equiv="X-Content', "does not begin with"),
        ("default-src 'none'", "default-src *", "default-src *, not 'none'"),
        ("base-uri 'none'", "", "base-uri nothing"),
        ("connect-src 'self'", "connect-src 'self'; connect-src *", "connect-src twice"),
        ("form-action 'none'", "form-action 'none'; frame-src *", "has frame-src"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "allows 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' https://a.test", "allows https://a.test"),
        ("script-src 'self'", "script-src", "script-src has no 'self'"),
        ("style-src 'self'", "style-src 'self' 'unsafe-inline'", "allows 'unsafe-inline'"),
        ("go()", "other()", "not named in its policy: 'other()'"),
        ("go()", "other()", "a script that is not on the page"),
        ("Words", "<script>late()</script>", "not named in its policy: 'late()'"),
        ("Words", '<script type="module">late()</script>', "not named in its policy"),
    ],
)
def test_each_way_to_run_more_is_a_fault(old: str, new: str, said: str) -> None:
    """One change of a sound page is found and named."""
    assert SOUND.count(old) >= 1

    assert [fault for fault in find_policy_faults(SOUND.replace(old, new, 1)) if said in fault]


@given(st.text())
def test_no_text_is_a_sound_page_by_chance(text: str) -> None:
    """Whatever does not begin as pages do is refused, and nothing raises."""
    assert list(find_policy_faults(text))
