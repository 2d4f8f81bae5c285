"""What each statistic is, and the words of the field: data, from which findings and the Methods page are written."""

from evalcore.methods.glossary import Term, list_terms
from evalcore.methods.loading import Statistic, definition, list_statistics
from evalcore.methods.standings import MEANINGS, cited, standing_words
from evalcore.methods.word_table import WordTable

__all__ = [
    "MEANINGS",
    "Statistic",
    "Term",
    "WordTable",
    "cited",
    "definition",
    "list_statistics",
    "list_terms",
    "standing_words",
]
