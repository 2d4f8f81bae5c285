"""Charts: their description, their looks, and one drawer for each target."""
