"""The question that is open, and what was answered: in memory only, by random tokens, never by names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Question:
    """What the room is asked. `screen` is the word by which the dashboard knows it; it never leaves this process."""

    screen: str
    number: int
    title: str
    question: str


@dataclass(frozen=True, repr=False)
class Said:
    """What one phone answered to one question."""

    answer: str
    comment: str


@dataclass(frozen=True, repr=False)
class View:
    """What one phone has before it.

    Attributes
    ----------
    stamp : int
        Another number as soon as another question is open, or none.
    question : Question or None
    key : str
        Stands for the question in a form; empty where none is open.
    group : str or None
    said : Said or None
        What this phone answered to the question.
    """

    stamp: int
    question: Question | None
    key: str
    group: str | None
    said: Said | None


class Poll:
    """Questions, groups and answers; safe to be used by several threads at once.

    Parameters
    ----------
    groups, answers : mapping of str to str
        The words that are kept, and what a person reads.
    most_people : int
        Phones that are remembered.

    Examples
    --------
    >>> poll = Poll({"managers": "Managers"}, {"agree": "Agree"}, 500)
    >>> poll.show(Question("one", 1, "Wellbeing", "Do you see that too?"))
    >>> phone = poll.join(None, "managers")
    >>> poll.answer(phone, poll.view(phone).key, Said("agree", ""))
    True
    >>> poll.reading()
    {'one': {'tallies': {'managers': {'agree': 1}}, 'comments': []}}
    """

    def __init__(self, groups: Mapping[str, str], answers: Mapping[str, str], most_people: int) -> None:
        self.groups = groups
        self.answers = answers
        self._most_people = most_people
        self._lock = Lock()
        self._question: Question | None = None
        self._stamp = 0
        self._keys: dict[str, str] = {}
        self._people: dict[str, str] = {}  # token to group; who was here last stands last
        self._said: dict[str, dict[str, Said]] = {}

    def show(self, question: Question) -> None:
        """Open a question; the one before it closes. Showing the same again changes nothing."""
        with self._lock:
            self._keys.setdefault(question.screen, str(len(self._keys) + 1))
            self._turn_to(question)

    def wait(self) -> None:
        """Close the question that is open."""
        with self._lock:
            self._turn_to(None)

    def _turn_to(self, question: Question | None) -> None:
        if question != self._question:
            self._question = question
            self._stamp += 1

    def view(self, token: str | None) -> View:
        """Return what the phone with this token has before it; a token that is not known is nobody's."""
        with self._lock:
            group = self._people.pop(token, None) if token else None
            if token and group is not None:
                self._people[token] = group
            if self._question is None:
                return View(self._stamp, None, "", group, None)
            said = self._said.get(self._question.screen, {}).get(token or "")
            return View(self._stamp, self._question, self._keys[self._question.screen], group, said)

    def join(self, token: str | None, group: str) -> str | None:
        """Take a phone into a group, or into another one if it was in one; return its token, None if the room is full.

        In a full room, the phone that was away longest and never answered gives way.
        """
        with self._lock:
            if token in self._people:
                self._people[token] = group
                return token
            if len(self._people) >= self._most_people and not self._dropped_one():
                return None
            token = secrets.token_urlsafe(16)
            self._people[token] = group
            return token

    def _dropped_one(self) -> bool:
        answered = {token for said in self._said.values() for token in said}
        away = next((token for token in self._people if token not in answered), None)
        if away is not None:
            del self._people[away]
        return away is not None

    def answer(self, token: str, key: str, said: Said) -> bool:
        """Take an answer in the place of the phone's earlier one; False if that question is not open any more."""
        with self._lock:
            question = self._question
            if question is None or self._keys[question.screen] != key or token not in self._people:
                return False
            self._said.setdefault(question.screen, {})[token] = said
            return True

    def reading(self) -> dict[str, object]:
        """Return tallies by group and comments of each question that somebody answered, without any token."""
        with self._lock:
            return {screen: self._read(said) for screen, said in self._said.items()}

    def _read(self, said: Mapping[str, Said]) -> dict[str, object]:
        tallies: dict[str, dict[str, int]] = {}
        for token, one in said.items():
            tally = tallies.setdefault(self._people[token], {})
            tally[one.answer] = tally.get(one.answer, 0) + 1
        comments = [[self._people[token], one.comment] for token, one in said.items() if one.comment]
        return {"tallies": tallies, "comments": comments}
