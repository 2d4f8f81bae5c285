"""The exceptions that evalcore raises on purpose.

EvalcoreError
├── DefinitionError        a questionnaire's or rule set's definition file is not usable
├── UnknownNameError       a name (instrument, scale, rule, role) that does not exist; the message lists those that do
├── UnreadableFileError    a file can not be read as a table, a plan or a study at all
│   └── PassphraseNeededError  a study file is sealed, and no passphrase, or a wrong one, was given
├── TableError             a table handed to a function lacks a column or holds a value that it must not hold
│   └── RepeatedIdError    one person stands twice where one person must stand once
├── ChoiceNeededError      several roles, instruments or scales are present and none was chosen
├── PhonesError            phones can not take part in a workshop, or no longer
├── StoppedError           a long piece of work was stopped, as somebody asked for
└── StorageError           a study can not be kept, or not be found where it is kept
    └── SavedElsewhereError    another window saved the study meanwhile

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


class PassphraseNeededError(UnreadableFileError):
    """A study file is sealed, and no passphrase, or a wrong one, was given."""


class StorageError(EvalcoreError):
    """A study can not be kept or found where it is kept; what is open is as it was."""


class SavedElsewhereError(StorageError):
    """Another window saved the study meanwhile; `newest` is the number of its version."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        super().__init__(
            f"This study was saved in another window meanwhile (version {newest}). Nothing was overwritten."
        )


class StoppedError(EvalcoreError):
    """A long piece of work was stopped, as somebody asked for; nothing of it was kept."""


class PhonesError(EvalcoreError):
    """Phones can not take part, or no longer; what they sent and was read already stays."""
