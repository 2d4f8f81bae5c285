"""The finding about what a pilot is for: whether a larger study could be carried out."""

from evalcore.findings.feasibility.feasibility import feasibility_finding

__all__ = ["feasibility_finding"]
