"""Reports with everything that a deck can show, and their decks."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image

from evalcore.reporting.build import build_report
from evalcore.reporting.deck import report_pptx
from evalcore.reporting.model import Report
from evalcore.reporting.told import tell
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import Comment, Reactions, ReportText, Shown, Tally, Telling, Workshop

MADE_AT = "2026-05-04T09:00:00+00:00"
MESSAGE = "Those who came twice say much the same"


@dataclass(frozen=True)
class Told:
    """A report, the order of its slides, and the deck of them."""

    report: Report
    order: tuple[str, ...]
    data: bytes

    def open(self) -> Any:
        """The deck as python-pptx reads it back."""
        from pptx import Presentation

        return Presentation(io.BytesIO(self.data))


def everything_told() -> Told:
    """Every finding of the sample study, in the order of the report."""
    study = sample_study()
    report = build_report(study, tell(study), made_at=MADE_AT)
    return Told(report, tuple(one.finding for one in report.exhibits), report_pptx(report))


def workshop_told() -> Told:
    """A person's own running order of the sample study, after a workshop."""
    study = sample_study()
    usual = tell(study)
    screens = list(usual.order)
    screens[1] = replace(screens[1], message=MESSAGE, question="What did you see?", notes="Ask first.\nThen wait.")
    told = tell(study.beside(telling=Telling().with_order(screens)))
    text = ReportText(organisation="University of Somewhere", logo=logo(), own=(("summary", "Our own words."),))
    held = Workshop("Spring", MADE_AT, study.fingerprint, _shown(told), "2026-05-04T11:00:00+00:00")
    telling = Telling().with_order(screens).with_workshop(held).with_report(text)
    study = study.beside(telling=telling)
    told = tell(study)
    report = build_report(study, told, made_at=MADE_AT, version="version 4")
    order = tuple(screen.finding for screen in told.order)
    return Told(report, order, report_pptx(report, order=order))


def nothing_told() -> Told:
    """The deck of a study that holds nothing."""
    study = Study.empty()
    report = build_report(study, tell(study), made_at=MADE_AT)
    return Told(report, (), report_pptx(report))


def _shown(told: Any) -> tuple[Shown, ...]:
    one_group, managers = (Tally("practitioners", 6, 1, 0, 1),), Tally("managers", 5, 0, 2, 0)
    alone = Reactions(one_group)
    both = Reactions((*one_group, managers), (Comment("managers", "So <b>."),))
    first, *others = (told.exhibits[screen.finding] for screen in told.order[:5])
    return tuple(
        Shown(one.finding, one.title, one.sentence, one.digest, typed=said, follow_up="Ask.")
        for one, said in ((first, alone), *((other, both) for other in others))
    )


def logo() -> bytes:
    """A small picture."""
    held = io.BytesIO()
    Image.new("RGB", (60, 20), "#123456").save(held, "PNG")
    return held.getvalue()
