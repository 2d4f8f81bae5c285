"""How counts of changes beyond error are said: by error, by points, or beside what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.findings.basis import Basis
from evalcore.findings.before_after.error.judged import FELL, NEITHER, ROSE
from evalcore.findings.before_after.error.sources import ErrorSource, points
from evalcore.outcomes.reliable import ReliableChange
from evalcore.outcomes.reliable_methods import EDWARDS_NUNNALLY, HAGEMAN_ARRINDELL, JACOBSON_TRUAX
from evalcore.wording import count, joined, lower_first

ROWS = (ROSE, NEITHER, FELL)
_METHODS: Mapping[str, str] = {
    EDWARDS_NUNNALLY: "Edwards and Nunnally, who hold a score after against the one expected from the score before",
    HAGEMAN_ARRINDELL: "Hageman and Arrindell, who draw each change towards the mean change",
}


@dataclass(frozen=True)
class Said:
    """The words of the three counts.

    `rows` are the labels by row; `verbs` stand before them in a sentence, for one person and for several; `beyond` says
    what lies beyond the lines of the chart; `how` how far that is, or by which method.
    """

    rows: Mapping[str, str]
    verbs: Mapping[str, tuple[str, str]]
    beyond: str
    how: str

    def counted(self, n: Mapping[str, int]) -> str:
        """All three: "2 rose by more than error, 4 had no reliable change and 1 fell by more than error"."""
        return joined([self._one(key, n[key]) for key in ROWS])

    def moved(self, n: Mapping[str, int]) -> str:
        """Those beyond, for a title: "2 of 7 rose by more than error and 1 fell by more than error"."""
        of = {ROSE: f" of {sum(n.values()):,}", FELL: ""}
        return joined([f"{n[key]:,}{of[key]} {self._verb(key, n[key])}{lower_first(self.rows[key])}" for key in of])

    def _one(self, key: str, n: int) -> str:
        return f"{n or 'none':{',' if n else ''}} {self._verb(key, n)}{lower_first(self.rows[key])}"

    def _verb(self, key: str, n: int) -> str:
        one, several = self.verbs.get(key, ("", ""))
        return one if n == 1 else several


def said(basis: Basis, source: ErrorSource, method: str, found: ReliableChange) -> Said:
    """The words for one source and method."""
    size, unit = points(found.threshold or 0.0), basis.measure.unit
    how = f"{size} {unit} or more" if source.inclusive else f"more than {size} {unit}"
    if source.points is not None and not source.is_error:
        rows = {ROSE: f"Rose by {how}", NEITHER: "Changed by less", FELL: f"Fell by {how}"}
        return Said(rows, {}, how, "")
    if source.points is not None or method == JACOBSON_TRUAX:
        rows = {ROSE: "Rose by more than error", NEITHER: "No reliable change", FELL: "Fell by more than error"}
        return Said(rows, {NEITHER: ("had ", "had ")}, "more than error", f" ({how})")
    rows = {
        ROSE: "Higher than expected by more than error",
        NEITHER: "As expected, within error",
        FELL: "Lower than expected by more than error",
    }
    return Said(rows, dict.fromkeys(ROWS, ("was ", "were ")), "more than error", f" (by {_METHODS[method]})")


def title_of(basis: Basis, words: Said, n: Mapping[str, int]) -> str:
    """How many of how many lie beyond, on either side."""
    return f"{basis.measure.short_name}, {basis.who}: {words.moved(n)}"


def sentence_of(basis: Basis, source: ErrorSource, words: Said, n: Mapping[str, int]) -> str:
    """The three counts, how far beyond error is, and where that comes from."""
    total = sum(n.values())
    people = f"{count(total, 'person', 'people')} {'has' if total == 1 else 'have'}"
    both = f"Among the {basis.who}, {people} a {basis.measure.short_name} score before and after"
    return f"{both}: {words.counted(n)}{words.how}. Held against: {source.words}."


def outside_title(basis: Basis) -> str:
    """A title without a count."""
    return f"{basis.measure.short_name}, {basis.who}: single changes beside the questionnaire's own error"


def outside_sentence(basis: Basis, source: ErrorSource, words: Said) -> str:
    """What was counted, without a count, and without a figure of the sample itself."""
    held = "the SD and alpha of this sample" if source.of_sample else source.words
    rows = joined([lower_first(words.rows[key]) for key in (ROSE, FELL)], "or")
    return (
        f"How many of the {basis.who} with a {basis.measure.short_name} score before and after {_were(words)}{rows}"
        f"{words.how if not source.of_sample else ''} stands in the table, as far as it may be shown."
        f" Held against: {held}."
    )


def _were(words: Said) -> str:
    return "" if ROSE not in words.verbs else "were "
