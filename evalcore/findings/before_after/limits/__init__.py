"""What regression to the mean alone could give, and whether a change is too small to matter."""
