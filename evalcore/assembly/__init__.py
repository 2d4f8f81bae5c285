"""From the files of a study to its tables: one spelling a person, what was decided, repeats and refusals set aside."""

from evalcore.assembly.assembling import Assembly, assemble
from evalcore.assembly.pooling import empty_table

__all__ = ["Assembly", "assemble", "empty_table"]
