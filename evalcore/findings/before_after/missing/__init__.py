"""Who is missing: those who left, how they began, why they left, and what if they had answered."""
