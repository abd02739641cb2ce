"""What rests on the same facts is related: the most first, at most five, with the reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from report.relations import MOST, Relation, Relations, Traits, find_relations
from tests.examples import ENGLISH, make_second_view
from tests.test_pages import compose_once

IDS = st.frozensets(st.sampled_from("abcdef"))
MADE = st.dictionaries(
    st.sampled_from([f"p{at}" for at in range(9)]),
    st.fixed_dictionaries({"series": IDS, "event": IDS}),
    min_size=1,
)


def test_the_closest_comes_first_with_what_is_shared() -> None:
    """Counts by kind; what shares nothing is left out, of equals the earlier comes first."""
    traits: dict[str, Traits] = {
        "own": {"series": frozenset("abc"), "event": frozenset("x")},
        "far": {"series": frozenset("z")},
        "one": {"series": frozenset("a")},
        "two": {"series": frozenset("a"), "event": frozenset("xy")},
        "same": {"event": frozenset("x")},
    }

    assert find_relations("own", traits) == [
        Relation("two", {"series": 1, "event": 1}),
        Relation("one", {"series": 1}),
        Relation("same", {"event": 1}),
    ]
    assert find_relations("own", traits, most=1) == [Relation("two", {"series": 1, "event": 1})]


@given(MADE)
def test_relations_go_both_ways_and_never_to_oneself(traits: dict[str, Traits]) -> None:
    """At most five, none without a reason, heaviest first."""
    for own in traits:
        found = find_relations(own, traits)
        assert len(found) <= MOST
        assert own not in {relation.id for relation in found}
        weights = [relation.weight for relation in found]
        assert weights == sorted(weights, reverse=True)
        assert all(weight > 0 for weight in weights)
        for relation in found:
            back = find_relations(relation.id, traits, most=99)
            assert relation.shared == next(one.shared for one in back if one.id == own)


def test_the_reason_is_said_in_words() -> None:
    """One in the singular, more in the plural."""
    relations = Relations(make_second_view(), ENGLISH)

    assert relations.explain(Relation("x", {"series": 3, "event": 1})) == "shares 3 series, 1 event"
    assert relations.explain(Relation("x", {"claim": 2})) == "shares 2 claims"


def test_pages_and_measures_lead_to_what_they_are_related_to() -> None:
    """The second report: its corridors draw the same computed series."""
    relations = Relations(make_second_view(), ENGLISH)
    page = compose_once().markdown["corridors/hill-corridor.md"]
    related = [relation.id for relation in relations.of_page("hill-corridor")]

    assert related
    assert "## Related pages {: #related }" in page
    tail = page.partition("## Related pages")[2]
    for name in related:
        assert f"/{name}/" in tail or f"../{name}/" in tail
