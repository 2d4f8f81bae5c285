"""Going back to an earlier version, without undoing what can not be undone."""

from __future__ import annotations

from dataclasses import replace

from evalcore.study import Study


def gone_back(now: Study, old: Study) -> Study:
    """Return a study with the data, decisions, rival explanations, notes, running order and report of an old version.

    What left, a plan that was fixed, changed thresholds, exceptions, the workshops held and people who withdrew stay as
    they are now. Files that the old version lacks have been seen: it is as if they had been taken out.

    Parameters
    ----------
    now : Study
        The newest version.
    old : Study
        The version to go back to.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> old = Study.empty("Pilot")
    >>> now = old.add(read_questionnaires(b"respondent_id,gse_1\\nA1,3\\n", name="after.csv", wave="post"))
    >>> back = gone_back(now, old)
    >>> back.intakes, back.after_answers
    ((), 1)
    """
    files = {_bytes_of(intake) for intake in old.intakes}
    seen = now
    for intake in now.intakes:
        if _bytes_of(intake) not in files:
            seen = seen.without(intake.name)
    return replace(
        old,
        name=now.name,
        plan=now.plan,
        taken_out=seen.taken_out,
        withdrawn=now.withdrawn,
        thresholds=now.thresholds,
        overrides=now.overrides,
        exports=now.exports,
        telling=replace(old.telling, workshops=now.telling.workshops),
    )


def _bytes_of(intake: object) -> str:
    raw = getattr(intake, "raw", None)
    return str(getattr(intake, "digest", "")) if raw is None else f"{raw.digest} {raw.sheet}"
