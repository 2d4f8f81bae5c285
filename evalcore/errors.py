"""The exceptions that evalcore raises on purpose.

EvalcoreError
├── DefinitionError        a questionnaire's or rule set's definition file is not usable
├── UnknownNameError       a name (instrument, scale, rule, role) that does not exist; the message lists those that do
├── UnreadableFileError    a file can not be read as a table at all
├── TableError             a table handed to a function lacks a column or holds a value that it must not hold
│   └── RepeatedIdError    one person stands twice where one person must stand once
└── ChoiceNeededError      several roles, instruments or scales are present and none was chosen

Every message is one or two sentences for a person who does not program: what was found, and what to do. No message
quotes an answer, a score or any other value about a person.
"""

from __future__ import annotations


class EvalcoreError(Exception):
    """Root of everything that evalcore raises on purpose; catch this to catch them all."""


class DefinitionError(EvalcoreError):
    """A definition file is not usable. `problems` holds every fault found, not only the first."""

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        self.file = file
        self.problems = problems
        super().__init__(f"{file} can not be used: " + "; ".join(problems))


class UnknownNameError(EvalcoreError):
    """A name that does not exist here; the message lists the names that do."""


class UnreadableFileError(EvalcoreError):
    """A file that can not be read as a table; the message says why and what to do."""


class TableError(EvalcoreError):
    """A table that lacks a column, or holds a value, that the function needs otherwise."""


class RepeatedIdError(TableError):
    """One person stands twice where one person must stand once."""


class ChoiceNeededError(EvalcoreError):
    """Several roles, instruments or scales are present and none was chosen; the message names them."""
