"""One screen in front of a room: a finding as it may leave, large, with nothing to click."""

from evalcore.reporting.room.asking import Asked, asked_of
from evalcore.reporting.room.stage import Stage, stage_html

__all__ = ["Asked", "Stage", "asked_of", "stage_html"]
