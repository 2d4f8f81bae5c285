"""Cells to values: answers to codes, dates, numbers, and codes that may mean something else."""
