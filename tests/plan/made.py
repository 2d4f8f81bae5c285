"""Plans that tests are made of: fixed ones, amended ones, and any that could be typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from evalcore.plan import (
    DIRECTIONS,
    FAMILIES,
    LONGEST,
    MEASURES,
    STARTS,
    Criterion,
    Outcome,
    Plan,
    Target,
    cleaned,
    fixed,
    plannable,
)

SWEMWBS, GSE, UWES = "swemwbs.total.service-users", "gse.total.service-users", "uwes9.total.staff-and-volunteers"
SLUGS = tuple(plannable())


def moment(day: int) -> str:
    """A stamp in 2026, so many days after New Year."""
    return (datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)).isoformat(timespec="seconds")


def plan(*outcomes: Outcome | str, after: int = 0, earlier: Plan | None = None, day: int = 0) -> Plan:
    """A plan of these outcomes, fixed when the study held so many questionnaires after."""
    named = [Outcome(one) if isinstance(one, str) else one for one in outcomes]
    return fixed(earlier, named, "", FAMILIES[0], "", at=moment(day), after_answers=after)


def texts(longest: int, *, least: int = 0) -> st.SearchStrategy[str]:
    """Any text that a plan keeps, with everything in it that could break a file or a page."""
    return (
        st.text(max_size=60)
        .map(lambda text: cleaned(text)[:longest].strip())
        .filter(lambda text: len(text) >= least and cleaned(text) == text)
    )


@st.composite
def outcomes(draw: st.DrawFn, slug: str, *, main: bool) -> Outcome:
    """Any outcome on one measure."""
    direction = draw(st.sampled_from(list(DIRECTIONS)))
    if not draw(st.booleans()):
        return Outcome(slug, direction, None, "", main)
    span = plannable()[slug].span
    size = draw(st.floats(0, span, exclude_min=True, allow_subnormal=False))
    reason = " ".join(draw(texts(LONGEST["reason"])).split()) or "Agreed."
    return Outcome(slug, direction, size, reason, main)


@st.composite
def criteria(draw: st.DrawFn) -> list[Criterion]:
    """Any criteria, each measure once."""
    found = []
    for what in draw(st.lists(st.sampled_from(list(MEASURES)), max_size=3, unique=True)):
        lines = st.integers(0, 500) if what == STARTS else st.floats(0, 1)
        stop, go = sorted(draw(st.tuples(lines, lines)))
        reason = " ".join(draw(texts(LONGEST["reason"])).split()) or "Agreed."
        found.append(Criterion(what, go, stop, reason))
    return found


@st.composite
def targets(draw: st.DrawFn) -> list[Target]:
    """Any targets, each site once."""
    sites = draw(st.lists(texts(60).map(lambda text: " ".join(text.split())), max_size=3, unique=True))
    return [Target(draw(st.integers(1, 500)), site) for site in sites]


@st.composite
def plans(draw: st.DrawFn, most_versions: int = 3) -> Plan:
    """Any plan that can be fixed, with the versions before it."""
    found: Plan | None = None
    for version in range(draw(st.integers(1, most_versions))):
        slugs = draw(st.lists(st.sampled_from(SLUGS), min_size=1, max_size=4, unique=True))
        named = [draw(outcomes(slug, main=not place or draw(st.booleans()))) for place, slug in enumerate(slugs)]
        found = fixed(
            found,
            named,
            draw(texts(LONGEST["exclusions"])),
            " ".join(draw(texts(LONGEST["family"])).split()) or FAMILIES[0],
            " ".join(draw(texts(LONGEST["author"])).split()),
            at=moment(version),
            after_answers=draw(st.integers(0, 5)),
            criteria=draw(st.none() | criteria()),
            targets=draw(st.none() | targets()),
        )
    if found is None:
        raise AssertionError("a plan has at least one version")
    return found
