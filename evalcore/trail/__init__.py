"""The only place that counts people and rows: asked, answered, scored, matched, used, with a reason for each loss."""

from evalcore.trail.counting import Trail, build_trail, trail_from_scores
from evalcore.trail.rows import rows_trail

__all__ = ["Trail", "build_trail", "rows_trail", "trail_from_scores"]
