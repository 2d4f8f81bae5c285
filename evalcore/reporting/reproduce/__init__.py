"""The report's main numbers computed again: scripts to share, the data files they read, and what must come out."""

from evalcore.reporting.reproduce.computed import main_numbers
from evalcore.reporting.reproduce.scripts import reproduction_files, reproduction_zip
from evalcore.reporting.reproduce.tables import data_files, data_zip

__all__ = ["data_files", "data_zip", "main_numbers", "reproduction_files", "reproduction_zip"]
