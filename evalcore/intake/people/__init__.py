"""Identifiers: how they are cleaned, compared, replaced by codes, and found to repeat."""
