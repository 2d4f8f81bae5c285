"""Whether single changes are larger than the questionnaire's own error, by cited reliabilities and thresholds."""
