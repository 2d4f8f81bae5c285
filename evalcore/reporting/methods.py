"""The methods and the references of a report, written from what was actually done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalcore.columns import POST, PRE, WAVE
from evalcore.decisions import SamePerson
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.native import RESPONSES
from evalcore.methods import list_statistics
from evalcore.methods.questionnaires import about
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Subheading
from evalcore.study import Study
from evalcore.wording import count

_PAIRS = (
    "Answers before and after belong to one person where role and identifier are the same; never by the order of rows."
    " Two questionnaires of one person at one time are never averaged. Service users and staff are never put together."
)


def method_blocks(study: Study, exhibits: Sequence[Exhibit]) -> Iterator[Block]:
    """Give the methods: the data, the questionnaires, the pairs, and each statistic that the report uses."""
    yield Subheading("Data")
    yield Paragraph(_data(study))
    asked = _instruments(study)
    if asked:
        yield Subheading("Questionnaires")
        yield Bullets(tuple(_instrument(name) for name in asked))
        yield Subheading("Pairs")
        yield Paragraph(f"{_PAIRS} {_decisions(study)}")
    used = _statistics(exhibits)
    if used:
        yield Subheading("Statistics")
        yield Bullets(tuple(used))


def _data(study: Study) -> str:
    files = sum(intake.kind == RESPONSES for intake in study.intakes)
    before, after = (int((study.responses[WAVE] == wave).sum()) for wave in (PRE, POST))
    said = [
        f"{count(len(study.intakes), 'file was', 'files were')} read,"
        f" {count(files, 'of them with questionnaires', 'of them with questionnaires')}:"
        f" {before:,} filled in before and {after:,} after."
    ]
    if len(study.roster):
        said.append(f"A list names {count(len(study.roster), 'person', 'people')} who were asked to take part.")
    else:
        said.append("There is no list of the people who were asked, so nobody can say who is missing altogether.")
    if len(study.cases):
        said.append(f"Case files describe {count(len(study.cases), 'person', 'people')} of the pilot.")
    if len(study.caseload):
        said.append(f"The caseload to compare with has {len(study.caseload):,} people.")
    elif len(study.counted):
        said.append("The caseload to compare with is known as counts.")
    return " ".join(said)


def _instruments(study: Study) -> list[str]:
    codes = set(study.responses.columns[study.responses.notna().any()]) if len(study.responses) else set()
    return [name for name in list_instruments() if codes & {item.code for item in load_instrument(name).items}]


def _instrument(name: str) -> str:
    instrument = load_instrument(name)
    rule = instrument.missing_rules[instrument.default_missing_rule]
    return f"{about(instrument)} Items left out: {rule.label[0].lower()}{rule.label[1:]}. {instrument.licence}."


def _decisions(study: Study) -> str:
    joined = sum(isinstance(one, SamePerson) and one.same for one in study.decisions)
    others = len(study.decisions) - sum(isinstance(one, SamePerson) for one in study.decisions)
    if not study.decisions:
        return "No identifier was changed by hand."
    return (
        f"By hand, {count(joined, 'near miss was', 'near misses were')} joined as one person, and"
        f" {count(others, 'decision was', 'decisions were')} made on which answer counts."
    )


def _statistics(exhibits: Sequence[Exhibit]) -> list[str]:
    """What each statistic is that stands beside a number of the report, once."""
    said = " ".join(one.definition for one in exhibits)
    return [f"{one.label}. {one.text}" for one in list_statistics() if one.text in said]


def reference_blocks(exhibits: Sequence[Exhibit]) -> Iterator[Block]:
    """Give the sources of every statistic that the report uses and of every figure in it."""
    said = " ".join(one.definition for one in exhibits)
    cited = [one.source.citation for one in list_statistics() if one.text in said]
    sources = dict.fromkeys([*sorted(set(cited)), *(one.source.rstrip(".") for one in exhibits)])
    if sources:
        yield Bullets(tuple(f"{one}." for one in sources if one))
