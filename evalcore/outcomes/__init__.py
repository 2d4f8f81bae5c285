"""Scoring, matching, change and drop-out."""
