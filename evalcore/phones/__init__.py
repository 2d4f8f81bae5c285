"""Reactions from phones: a small process of its own that holds the questions and the tallies, never the study.

`Room` starts it, tells it which question is open, reads the tallies and ends it. Nothing of the rest of the project is
loaded there: `server` imports only Python's standard library.
"""

from evalcore.phones.qr import qr_data_uri, qr_svg
from evalcore.phones.room import Room, local_address

__all__ = ["Room", "local_address", "qr_data_uri", "qr_svg"]
