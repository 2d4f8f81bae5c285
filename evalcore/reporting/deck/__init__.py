"""The report as slides: one finding a slide, for a workshop or a board."""

from evalcore.reporting.deck.deck import report_pptx

__all__ = ["report_pptx"]
