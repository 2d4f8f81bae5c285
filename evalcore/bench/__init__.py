"""What only a person can decide about people: identifiers that nearly match, and several answers of one person."""

from evalcore.bench.near_misses import NearMiss, near_miss_note, near_misses
from evalcore.bench.repeated import Repeat, repeats

__all__ = ["NearMiss", "Repeat", "near_miss_note", "near_misses", "repeats"]
