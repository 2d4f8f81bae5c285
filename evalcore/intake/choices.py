"""What a person decides about the reading of one file, and what a file asks a person to decide.

Reading never guesses where a wrong guess would change a result: it asks. Each option of a question carries the choices
with which the file is to be read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Choices:
    """How a person wants one file to be read; what is None is left to the reader.

    Attributes
    ----------
    wave : str or None
        The wave of every row, for a file that does not say it. Belongs to the one file: it is not carried over.
    mapping : DataFrame or None
        `position, header, taken_for, wave`: the mapping of an earlier reading, corrected.
    codes : DataFrame or None
        `field, found, code`: what an answer found in the file stands for. `field` is a questionnaire's identifier or a
        native column such as `wave`; `found` the cell's text; `code` the answer's code or the column's value, as text,
        and empty for "no answer".
    kind : str or None
        Which table the file is (`responses`, `roster`, ...), where its columns mislead.
    answered : frozenset of str
        Keys of the questions that have been answered, not to be asked again.
    """

    wave: str | None = None
    mapping: pd.DataFrame | None = None
    codes: pd.DataFrame | None = None
    kind: str | None = None
    answered: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return any(choice is not None for choice in (self.wave, self.mapping, self.codes, self.kind))

    def merged(self, later: Choices) -> Choices:
        """Return these choices with later ones on top; codes are merged cell by cell, a later mapping replaces.

        >>> Choices(wave="pre").merged(Choices(wave="post")).wave
        'post'
        """
        codes = self.codes
        if later.codes is not None:
            columns = ["field", "found", "code"]
            parts = [frame[columns] for frame in (self.codes, later.codes) if frame is not None]
            codes = pd.concat(parts, ignore_index=True).drop_duplicates(["field", "found"], keep="last")
        return Choices(
            wave=later.wave or self.wave,
            mapping=self.mapping if later.mapping is None else later.mapping,
            codes=codes,
            kind=later.kind or self.kind,
            answered=self.answered | later.answered,
        )

    def for_another_file(self) -> Choices:
        """Return what also holds for another file of the same shape: all but the wave."""
        return replace(self, wave=None, answered=self.answered - {"wave"})

    def __repr__(self) -> str:
        """What kinds of choice there are: no cell is quoted."""
        made = [name for name in ("wave", "mapping", "codes", "kind") if getattr(self, name) is not None]
        return f"Choices({', '.join(made)})"


@dataclass(frozen=True, eq=False)
class Option:
    """One answer to a question: its label, and the choices to read the file again with."""

    label: str
    choices: Choices


@dataclass(frozen=True, eq=False)
class Question:
    """Something that only a person can say about a file.

    Attributes
    ----------
    key : str
        Stable name, such as `wave`, `respondent_id` or `codes.uwes9`.
    text : str
        The question, in plain words, ending in a question mark.
    why : str
        What was seen in the file, in a sentence.
    options : tuple of Option
    needed : bool
        True where rows or answers are left out until it is answered.
    """

    key: str
    text: str
    why: str
    options: tuple[Option, ...]
    needed: bool = True
