"""Licences are named as machines know them, or not at all."""

from __future__ import annotations

import pytest

from report.permits import find_spdx, find_terms


@pytest.mark.parametrize(
    ("licence", "spdx", "terms"),
    [
        ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY", "", ""),
        ("CC0 4.0", "", ""),
        ("free to use", "", ""),
        ("CC BY 4.0 and more", "", ""),
    ],
)
def test_a_licence_is_known_by_its_name(licence: str, spdx: str, terms: str) -> None:
    """Identifiers of the SPDX list and addresses of Creative Commons; nothing is guessed."""
    assert find_spdx(licence) == spdx
    assert find_terms(licence) == terms
