"""Tallies of a room: every answer counted once, and no group that is too small shown alone."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import example, given
from hypothesis import strategies as st

from evalcore.telling import ANSWERS, LEAST_GROUP, STAKEHOLDERS, Comment, Reactions, Tally, merged

COUNTS = st.integers(0, 9)
TALLIES = {group: st.builds(Tally, st.just(group), COUNTS, COUNTS, COUNTS, COUNTS) for group in STAKEHOLDERS}
COMMENTS = st.lists(st.builds(Comment, st.sampled_from(list(STAKEHOLDERS)), st.text(max_size=5)), max_size=3)


@st.composite
def reactions(draw: st.DrawFn) -> Reactions:
    """Of some of the groups, in their order; a group may be there with nobody in it."""
    groups = [group for group in STAKEHOLDERS if draw(st.booleans())]
    return Reactions(tuple(draw(TALLIES[group]) for group in groups), tuple(draw(COMMENTS)))


def of(*counts: int) -> Reactions:
    """So many who agree, group by group."""
    return Reactions(tuple(Tally(group, n) for group, n in zip(STAKEHOLDERS, counts, strict=False)))


@given(reactions(), st.integers(1, 12))
@example(of(5, 4), LEAST_GROUP)
@example(of(5, 5, 4), LEAST_GROUP)
@example(of(5, 2, 3), LEAST_GROUP)
@example(of(1, 1, 1, 1), LEAST_GROUP)
@example(of(4), LEAST_GROUP)
@example(of(0, 0, 5), LEAST_GROUP)
def test_every_part_that_is_shown_is_large_enough(said, least) -> None:
    assert all(part.n >= least for _, part in merged(said, least))


@given(reactions(), st.integers(1, 12))
def test_the_parts_add_up_to_all_answers_or_none_is_shown(said, least) -> None:
    parts = [part for _, part in merged(said, least)]
    if not parts:
        assert said.n < least
        return
    for answer in ANSWERS:
        assert sum(getattr(part, answer) for part in parts) == sum(getattr(one, answer) for one in said.tallies)


@given(reactions(), st.integers(1, 12))
def test_no_group_is_in_two_parts_and_each_that_answered_is_in_one(said, least) -> None:
    names = [name for name, _ in merged(said, least)]
    if names in ([], ["All groups together"]):
        return
    answered = [STAKEHOLDERS[one.group] for one in said.tallies if one.n]
    assert sorted(_groups_in(names)) == sorted(name.lower() for name in answered)


def _groups_in(names: list[str]) -> list[str]:
    """The groups that the parts name: a name that stands in two parts stands here twice."""
    return [name.lower() for each in names for name in STAKEHOLDERS.values() if name.lower() in each.lower()]


@given(reactions())
def test_two_groups_are_put_together_only_where_one_is_too_small(said) -> None:
    if all(one.n >= LEAST_GROUP for one in said.tallies if one.n):
        assert dict(merged(said)) == {STAKEHOLDERS[one.group]: one for one in said.tallies if one.n}


def test_a_small_group_is_not_found_out_by_taking_away() -> None:
    """One small group beside two large ones: the smaller of these joins it, so that no sum less a part gives it."""
    assert [(name, part.n) for name, part in merged(of(9, 2, 6))] == [
        ("Practitioners", 9),
        ("Managers and partners", 8),
    ]
    assert [(name, part.n) for name, part in merged(of(9, 3, 2))] == [
        ("Practitioners", 9),
        ("Managers and partners", 5),
    ]


@given(reactions(), reactions())
def test_reactions_together_count_everybody_of_both(one, other) -> None:
    both = one.and_also(other)
    assert both.n == one.n + other.n
    assert both.comments == (*one.comments, *other.comments)
    for group in STAKEHOLDERS:
        assert [a + b for a, b in zip(astuple(one.of(group))[1:], astuple(other.of(group))[1:], strict=True)] == list(
            astuple(both.of(group))[1:]
        )


@given(reactions(), st.sampled_from(list(STAKEHOLDERS)).flatmap(TALLIES.get))
def test_a_tally_takes_the_place_of_the_earlier_one_in_the_order_of_the_groups(said, tally) -> None:
    after = said.with_tally(tally)
    assert after.of(tally.group) == tally
    groups = [one.group for one in after.tallies]
    assert groups == [group for group in STAKEHOLDERS if group in groups]
    assert all(one.n for one in after.tallies)
    assert after.with_tally(Tally(tally.group)).of(tally.group).n == 0


def test_what_somebody_said_is_in_no_repr() -> None:
    assert "canary" not in repr(Reactions(of(1).tallies, (Comment("managers", "canary"),)))
