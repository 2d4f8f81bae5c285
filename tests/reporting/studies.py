"""Studies with everything that a report can hold: own words, a running order, two workshops."""

from __future__ import annotations

from functools import cache

from evalcore.reporting.build import build_report
from evalcore.reporting.model import Report
from evalcore.reporting.told import Told, tell
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import Comment, Expectation, Reactions, ReportText, Shown, Tally, Telling, Workshop

AT = "2026-05-04T09:00:00+00:00"


def room(*tallies: Tally, comments: tuple[Comment, ...] = ()) -> Reactions:
    return Reactions(tallies, comments)


def workshop(name: str, began_at: str, told: Told, **changes: str) -> Workshop:
    """A workshop that saw the first two screens, with reactions of two groups to the second."""
    first, second = (told.exhibits[screen.finding] for screen in told.order[:2])
    said = room(
        Tally("practitioners", agree=4, partly=2, disagree=1),
        Tally("managers", partly=2),
        Tally("partners", agree=3, cannot_say=1),
        comments=(Comment("managers", "The office moved in June."), Comment("practitioners", "As expected.")),
    )
    return Workshop(
        name,
        began_at,
        "f" * 64,
        (
            Shown(first.finding, first.title, first.sentence, first.digest),
            Shown(
                second.finding,
                second.title,
                second.sentence,
                changes.get("digest", second.digest),
                Expectation("higher", 2.0),
                typed=said,
                follow_up="Ask the site about June.",
            ),
        ),
        ended_at=began_at.replace("T09", "T11"),
    )


@cache
def told_sample() -> Told:
    return tell(sample_study())


@cache
def full_study() -> Study:
    """The sample study after two workshops, with own words in its report."""
    told = told_sample()
    held = (
        workshop("First room", "2026-05-04T09:00:00+00:00", told, digest="0" * 64),
        workshop("Second room", "2026-06-01T09:00:00+00:00", told),
    )
    words = ReportText(
        title="A pilot, looked at",
        authors="An evaluator",
        organisation="An institute",
        own=(("summary", "First line.\nSecond line."), ("limits", "Our own limits.")),
    )
    return sample_study().beside(telling=Telling(None, held, words))


@cache
def full_report() -> Report:
    study = full_study()
    return build_report(study, tell(study), made_at=AT)


@cache
def sample_report() -> Report:
    return build_report(sample_study(), told_sample(), made_at=AT)
