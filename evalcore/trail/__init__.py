"""The only place that counts people: asked, consented, answered, scored, matched, used, with a reason for each loss."""

from evalcore.trail.counting import Trail, build_trail, trail_from_scores

__all__ = ["Trail", "build_trail", "trail_from_scores"]
