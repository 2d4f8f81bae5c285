"""What has left a study, and the rules under which it may leave, as tables for a person to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from evalcore.disclosure.changed import thresholds_of
from evalcore.disclosure.policy import OVERRIDES, default_values
from evalcore.disclosure.thresholds import THRESHOLDS, Value
from evalcore.leaving import Export, Override, ThresholdChange
from evalcore.methods import WordTable
from evalcore.plan.measures import PEOPLE, label_of, plannable
from evalcore.plan.words import day
from evalcore.study import Study
from evalcore.wording import MISSING, count, upper_first

FORMS = {"share": "To share", "internal": "Working copy, nothing hidden"}
_WAVES = {"before": "before", "after": "after"}
_KINDS = {
    "holds": "What the study holds",
    "plan": "What was planned and what was added later",
    "outcomes": "All outcomes",
    "trail": "Who took part",
    "summary": "Before and after",
    "groups": "Who answered when",
    "change": "Change",
    "normality": "Shape of the changes",
    "bayes": "Bayes factor of the change",
    "everyone": "Everyone's answers",
    "leavers": "Who did not come back",
    "start": "Those who stayed and left at the start",
    "reasons": "Why people did not come back",
    "tipping": "If those who left had changed",
    "reliable": "More than error",
    "movement": "Movement between bands",
    "thresholds": "Published thresholds of change",
    "regression": "Regression to the mean",
    "by-group": "Change by group",
    "group-difference": "Difference in change by group",
    "scores": "Scores",
    "norms": "Beside a published norm",
    "answers": "Answers to each item",
    "missing": "Items left out",
    "consistency": "How far the items agree",
    "timing": "When they answered",
    "circumstances": "How it was filled in",
    "near-misses": "Confirmed near misses",
    "window": "Inside and outside a window of weeks",
    "equivalence": "Too small to matter?",
    "next_phase": "Plan of the next phase",
    "characteristics": "Who the people are",
    "age": "Age",
    "ogrs": "OGRS",
    "needs": "OASys needs",
    "needs-number": "Number of needs a person",
    "needs-severity": "Severe needs",
    "needs-together": "Needs that meet",
    "needs-by": "Needs by group",
    "like-for-like": "Like for like",
    "categories": "Other categories",
    "ogrs-bands": "OGRS bands",
    "ogrs-expected": "Reoffending observed and expected",
    "ogrs-checked": "OGRS of the file checked",
    "reach": "Reach",
    "start-rates": "Starts by risk",
    "contacts": "Contacts attended",
    "disengagement": "Time to disengagement",
    "feasibility": "Feasibility of the pilot",
}
_FILES = {
    "problems": "List of problems",
    "rows": "What became of each row",
    "what_is_hidden": "List of what is hidden",
    "what_has_left": "Record of what has left",
    "study file": "The whole study",
    "workshop": "Workshop",
    "report": "Report",
    "study tables": "The tables of the study",
}
_RECORD = ("When", "What", "Form", "Rules")
_RULES = ("Rule", "What it does", "Default", "Now", "Compared", "Changed last")
_HISTORY = ("When", "Rule", "From", "To", "Compared", "Who", "Why")
NO_LONGER = "No longer holds: the people of this group have changed since"
"""What the list of exceptions says of one whose group has other people now."""

_OVERRIDES = ("When", "Figure", "Group", "What", "Who", "Where it is published, or why it ended")


def label_of_finding(finding_id: str) -> str:
    """Say in words which figure an identifier names; a site stands as its number, as it does in the address.

    What is no figure is named as its file.

    >>> label_of_finding("answers.gse.total.service-users.before.site-2")
    'Answers to each item, before: GSE, service users, site number 2'
    >>> label_of_finding("like-for-like-sex-30.people")
    'Like for like (sex 30)'
    >>> label_of_finding("holds.study"), label_of_finding("problems"), label_of_finding("outcomes.service-users")
    ('What the study holds', 'List of problems', 'All outcomes: service users')
    """
    if finding_id in _FILES:
        return _FILES[finding_id]
    kind, _, rest = finding_id.partition(".")
    known = max((one for one in _KINDS if kind == one or kind.startswith(f"{one}-")), key=len, default="")
    if not known:
        return upper_first(finding_id.replace("_", " "))
    choice = kind.removeprefix(known).replace("-", " ")
    said = f"{_KINDS[known]} ({choice.strip()})" if choice else _KINDS[known]
    parts = rest.split(".")
    site = f"site number {parts.pop().removeprefix('site-')}" if parts[-1].startswith("site-") else ""
    wave = f", {parts.pop()}" if parts[-1] in _WAVES else ""
    measure = _measure(parts[-3:]) if len(parts) >= 3 else _of_whom(known, parts[0])
    about = ", ".join(one for one in (measure, site) if one)
    return f"{said}{wave}: {about}" if about else said


def record_table(exports: Iterable[Export]) -> WordTable:
    """What has left, the newest first: when, what, in which form, and under which changed rules.

    >>> left = Export("holds.study", "share", (), "2026-05-04T09:00:00+00:00", ("min_gap=3",))
    >>> record_table([left]).rows[0]
    ('4 May 2026, 09:00 UTC', 'What the study holds', 'To share', \
'Least difference between two shown groups: 3 people instead of 5 people')
    """
    newest_first = sorted(exports, key=lambda one: one.at)[::-1]
    rows = [(when(one.at), label_of_finding(one.finding), _form(one), _under(one)) for one in newest_first]
    return WordTable("What has left", _RECORD, tuple(rows))


def record_sentence(exports: Iterable[Export]) -> str:
    """Say how much has left, and in which form.

    >>> record_sentence([Export("holds.study", "share"), Export("rows", "internal")])
    '1 file to share and 1 working copy have been taken.'
    """
    forms = [one.form for one in exports]
    if not forms:
        return "Nothing has left yet."
    shared, inside = forms.count("share"), len(forms) - forms.count("share")
    said = [count(shared, "file to share", "files to share")] if shared else []
    said += [count(inside, "working copy", "working copies")] if inside else []
    return f"{' and '.join(said)} {'has' if len(forms) == 1 else 'have'} been taken."


def rules_table(study: Study) -> WordTable:
    """Every threshold: what it does, its default, its value in this study, and who changed it last and why.

    >>> rules_table(Study.empty()).rows[4][2:]
    ('5 people', '5 people', 'the default', '–')
    """
    rows = []
    for one in thresholds_of(study).values():
        rule, change = one.rule, one.change
        last = MISSING if change is None else f"{when(change.at)}, {change.author}: {change.reason}"
        rows.append((rule.label, rule.does, rule.words(one.default), rule.words(one.value), one.compared, last))
    return WordTable("The rules", _RULES, tuple(rows))


def history_table(changes: Iterable[ThresholdChange]) -> WordTable:
    """Every change of a threshold, the newest first.

    >>> history_table([ThresholdChange("min_gap", 8, "Agreed", "AB", "2026-05-04T09:00:00+00:00")]).rows[0][2:4]
    ('5 people', '8 people')
    """
    values, rows = default_values(), []
    for change in changes:
        rule = THRESHOLDS.get(change.name)
        if rule is None or not rule.allows(change.value):
            continue
        compared = rule.compared(change.value, default_values()[change.name])
        moved = (rule.words(values[change.name]), rule.words(change.value), compared)
        rows.append((when(change.at), rule.label, *moved, change.author, change.reason))
        values[change.name] = change.value
    return WordTable("Changes of the rules", _HISTORY, tuple(reversed(rows)))


def overrides_table(overrides: Iterable[Override], outdated: Collection[Override] = ()) -> WordTable:
    """Every recorded exception and its end, the newest first; of those in `outdated`, that they hold no longer.

    >>> one = Override("change.gse.total.service-users", "matched pre", "Report of 2019", "AB")
    >>> overrides_table([one]).rows[0][1:4]
    ('Change: GSE, service users', 'matched pre', 'Released')
    """
    rows = [
        (
            *(when(one.at), label_of_finding(one.finding), one.group, _state(one, outdated)),
            *(one.author, one.reason),
        )
        for one in overrides
    ]
    return WordTable("Recorded exceptions", _OVERRIDES, tuple(reversed(rows)))


def _state(one: Override, outdated: Collection[Override]) -> str:
    if one.ended:
        return "Taken back"
    return NO_LONGER if one in outdated else "Released"


def when(at: str) -> str:
    """Write a time for a reader; an en dash where none was recorded.

    >>> when("2026-05-04T10:30:00+01:00"), when("")
    ('4 May 2026, 09:30 UTC', '–')
    """
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return MISSING
    moment = found.astimezone(UTC) if found.tzinfo else found
    return f"{day(moment.isoformat())}, {moment:%H:%M} UTC"


def _measure(parts: Sequence[str]) -> str:
    """A measure in words, also of a single role, which no page offers."""
    slug = ".".join(parts)
    if slug in plannable():
        return label_of(slug)
    everyone = label_of(".".join((*parts[:2], PEOPLE)))
    return f"{everyone.partition(',')[0]}, {parts[2].replace('-', ' ')}"


def _of_whom(kind: str, whom: str) -> str:
    """Whose outcomes stand side by side; nothing where it is everyone's."""
    return whom.replace("-", " ") if kind == "outcomes" and whom != "everyone" else ""


def _form(export: Export) -> str:
    return FORMS.get(export.form, upper_first(export.form))


def _under(export: Export) -> str:
    """The rules that were not at their default when something left."""
    if export.form != "share":
        return MISSING
    return "; ".join(_changed(one) for one in export.under) or "the defaults"


def _changed(under: str) -> str:
    name, _, written = under.partition("=")
    if name == OVERRIDES:
        return count(int(written), "recorded exception", "recorded exceptions") if written.isdigit() else name
    rule = THRESHOLDS.get(name)
    if rule is None:
        return under
    value = _read(written)
    if not written or not rule.allows(value):
        return rule.label
    return f"{rule.label}: {rule.words(value)} instead of {rule.words(default_values()[name])}"


def _read(written: str) -> Value:
    known: dict[str, Value] = {"True": True, "False": False, "None": None}
    return known[written] if written in known else int(written) if written.isdigit() else None
