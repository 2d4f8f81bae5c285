"""The summary and the limits of a report: the findings' own sentences, and nothing stronger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalcore.plan import rival_words
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Subheading
from evalcore.reporting.told import Told
from evalcore.study import Study
from evalcore.wording import count

_IN_SUMMARY = ("trail", "change", "needs", "like-for-like", "ogrs", "feasibility")
_NO_COMPARISON = (
    "The same people are compared before and after. There is no comparison group, so nothing in this report says what"
    " brought a change about."
)
_NOTHING = "The study holds nothing that can be shown."


def summary_blocks(study: Study, exhibits: Sequence[Exhibit], told: Told) -> Iterator[Block]:
    """Give the summary: what was found in the titles' own words, and what they can not say."""
    main = [one for one in exhibits if _kind(one) in _IN_SUMMARY]
    if not main:
        yield Paragraph(_NOTHING if not exhibits else "The findings stand in the sections that follow.")
    else:
        yield Bullets(tuple(_told(one) for one in main))
    if any(_kind(one) == "change" for one in exhibits):
        yield Paragraph(_NO_COMPARISON)
    yield Paragraph(_planned(study))
    if told.empty:
        figures = count(len(told.empty), "figure is", "figures are")
        yield Paragraph(
            f"{figures} not in this report, because too few people are behind them or what they need is not there;"
            " the last appendix names them."
        )


def _kind(exhibit: Exhibit) -> str:
    return exhibit.finding.partition(".")[0]


def _told(exhibit: Exhibit) -> str:
    """A finding's title as a sentence, with how it stands to the plan."""
    planned = f" {exhibit.planned}" if exhibit.planned else ""
    return f"{exhibit.title}.{planned}"


def _planned(study: Study) -> str:
    if study.plan is None:
        return "No analysis plan was fixed beforehand, so nothing shows that these findings were chosen in advance."
    return "Beside each change stands whether it was planned before the answers after were loaded, or added later."


def limit_blocks(study: Study, exhibits: Sequence[Exhibit], told: Told) -> Iterator[Block]:
    """Give the limits: what the findings themselves say they can not show, and what else could explain a change."""
    changes = [one for one in exhibits if _kind(one) == "change"]
    if changes:
        yield Paragraph(_NO_COMPARISON)
        yield Subheading("Why nothing stronger is said")
        yield from (Bullets((f"{one.label}: {' '.join(one.reasons)}",)) for one in changes if one.reasons)
    yield Subheading("What to take care of")
    cautions = dict.fromkeys(one.caution for one in exhibits if one.caution)
    yield Bullets(tuple(cautions)) if cautions else Paragraph("Nothing beyond what stands beside each finding.")
    yield Subheading("Other explanations")
    rivals = rival_words(study.rivals)
    if rivals:
        yield Paragraph("These were registered as other things that could explain a change:")
        yield Bullets(tuple(f"{one}." for one in rivals))
    else:
        yield Paragraph("No other explanation was registered. That does not mean that there is none.")
