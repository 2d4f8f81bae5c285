"""When and how people answered: weeks, windows, circumstances, confirmed near misses."""
