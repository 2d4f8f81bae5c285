"""The same change group by group, whether groups differ, and all outcomes side by side."""
