"""Keeping a study: as a file, and in a folder of this machine.

What keeps it in a database needs SQLAlchemy, and is imported by its own name: `evalcore.storage.store`.
"""

from evalcore.storage.sealing import check_passphrase, is_sealed
from evalcore.storage.study_file import open_study, save_study, study_bytes

__all__ = ["check_passphrase", "is_sealed", "open_study", "save_study", "study_bytes"]
