"""The report: one model of what it says, and one renderer a format."""
