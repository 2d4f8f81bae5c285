"""Words that a person typed, held against the words that no figure of a study without a comparison group can carry."""

from __future__ import annotations

import re

from evalcore.claims.table import rule_table


def stronger_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that claim more than the findings do, as they were typed.

    >>> stronger_words("The programme improved wellbeing"), stronger_words("Wellbeing before and after")
    (('improved',), ())
    """
    stems = "|".join(map(re.escape, rule_table().forbidden))
    return tuple(dict.fromkeys(re.findall(rf"\b(?:{stems})\w*", text, re.IGNORECASE)))
