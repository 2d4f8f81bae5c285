"""What changed between the two waves, for whom, and how much of it can be said: one measure at a time."""
