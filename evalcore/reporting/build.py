"""From what may be told of a study to its report: sections, numbers of figures and tables, title page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from evalcore.plan.words import after_words, day
from evalcore.reporting.appendix import hidden_blocks, problem_blocks
from evalcore.reporting.log import log_blocks
from evalcore.reporting.methods import method_blocks, reference_blocks
from evalcore.reporting.model import Block, Exhibit, Paragraph, Report, Section, Stamp, Table
from evalcore.reporting.summary import limit_blocks, summary_blocks
from evalcore.reporting.told import Told, in_own_words
from evalcore.study import Study
from evalcore.telling import SECTIONS

SEED = 0
"""Of every random number in a report."""

NOT_KEPT = "not kept"


def build_report(study: Study, told: Told, *, made_at: str, version: str = NOT_KEPT) -> Report:
    """Build the report of a study.

    Parameters
    ----------
    study : Study
    told : Told
        What may be told of it, as `tell(study)` gives it.
    made_at : str
        ISO 8601, UTC; nothing here reads a clock.
    version : str
        Of the study as it is kept, for the title page.

    Returns
    -------
    Report

    Examples
    --------
    >>> from evalcore.reporting.told import tell
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> report = build_report(study, tell(study), made_at="2026-05-04T09:00:00+00:00")
    >>> [section.name for section in report.sections][:3]
    ['summary', 'methods', 'who_took_part']
    """
    text = study.telling.report
    stamp = _stamp(study, told, made_at, version)
    shown = tuple(name for name in SECTIONS if name not in text.left_out)
    exhibits = in_own_words(told, study.telling)
    found = {name: tuple(_blocks(name, study, told, exhibits, shown, stamp)) for name in shown}
    sections = (_section(name, blocks, text.own_text(name)) for name, blocks in found.items())
    return Report(
        title=text.title or usual_title(study),
        subtitle="Questionnaires before and after, and who the people are",
        authors=text.authors,
        organisation=text.organisation,
        stamp=stamp,
        sections=_numbered(section for section in sections if section.blocks),
        logo=text.logo,
    )


def usual_title(study: Study) -> str:
    """Return the title of a report that a person has given none.

    >>> usual_title(Study.empty("Pilot"))
    'Pilot: evaluation report'
    """
    return f"{study.name}: evaluation report"


def _blocks(
    name: str, study: Study, told: Told, exhibits: Mapping[str, Exhibit], shown: Sequence[str], stamp: Stamp
) -> Iterator[Block]:
    """What a section holds before its own text is put in front."""
    here = [exhibits[one] for section in shown for one in told.sections.get(section, ())]
    made = {
        "summary": lambda: summary_blocks(study, here, told),
        "methods": lambda: method_blocks(study, here),
        "limits": lambda: limit_blocks(study, here, told),
        "workshop": lambda: log_blocks(study),
        "references": lambda: reference_blocks(here),
        "problems": lambda: problem_blocks(study),
        "rules": lambda: hidden_blocks(here, told, stamp),
    }
    if name in made:
        yield from made[name]()
    else:
        yield from (exhibits[one] for one in told.sections.get(name, ()))


def _section(name: str, blocks: tuple[Block, ...], own: str) -> Section:
    mine = tuple(Paragraph(line, own=True) for line in own.splitlines() if line.strip())
    return Section(name, SECTIONS[name], (*mine, *blocks))


def _numbered(sections: Iterator[Section]) -> tuple[Section, ...]:
    """The sections with figures and tables numbered through."""
    figures, tables = count(1), count(1)

    def numbered(block: Block) -> Block:
        if isinstance(block, Table):
            return replace(block, number=next(tables))
        if not isinstance(block, Exhibit):
            return block
        table = None if block.table is None else replace(block.table, number=next(tables))
        return replace(block, figure=0 if block.chart is None else next(figures), table=table)

    return tuple(replace(one, blocks=tuple(map(numbered, one.blocks))) for one in sections)


def _stamp(study: Study, told: Told, made_at: str, version: str) -> Stamp:
    from evalcore.storage.packing import SOFTWARE

    plan = "No analysis plan was fixed." if study.plan is None else _plan_words(study)
    return Stamp(
        study=study.name,
        fingerprint=study.fingerprint,
        version=version,
        software=f"Before-and-after evaluation {SOFTWARE}",
        made_at=made_at,
        policy=told.policy,
        seed=SEED,
        plan=plan,
    )


def _plan_words(study: Study) -> str:
    plan = study.plan
    if plan is None:
        return ""
    return f"Analysis plan {plan.code}, fixed on {day(plan.written_at)}, {after_words(plan)}."
