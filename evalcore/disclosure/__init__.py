"""The small-number policy: what may leave, and what was hidden and why."""

from evalcore.disclosure.policy import HIDDEN, DisclosurePolicy
from evalcore.disclosure.release import Release, apply_disclosure, shown_groups
from evalcore.leaving import Override

__all__ = ["HIDDEN", "DisclosurePolicy", "Override", "Release", "apply_disclosure", "shown_groups"]
