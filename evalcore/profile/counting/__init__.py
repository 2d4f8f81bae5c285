"""A caseload of millions of rows where it lies: counted in one reading, and nobody's row is kept."""

from evalcore.profile.counting.copying import columnar_copy, is_copy_of
from evalcore.profile.counting.counting import count_caseload
from evalcore.profile.counting.described import counting_sql
from evalcore.profile.counting.looking import look_at, spellings
from evalcore.profile.counting.result import Counts

__all__ = ["Counts", "columnar_copy", "count_caseload", "counting_sql", "is_copy_of", "look_at", "spellings"]
