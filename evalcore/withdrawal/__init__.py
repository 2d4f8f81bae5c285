"""A person's withdrawal: who a study knows, where a person stands, and taking them out; only a count is left."""

from evalcore.withdrawal.finding import known_as, people_in, rows_of
from evalcore.withdrawal.person import Person
from evalcore.withdrawal.withdrawing import withdraw
from evalcore.withdrawal.words import roles_in, where_words, withdrawn_words

__all__ = [
    "Person",
    "known_as",
    "people_in",
    "roles_in",
    "rows_of",
    "where_words",
    "withdraw",
    "withdrawn_words",
]
