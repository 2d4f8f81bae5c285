"""Headings to columns: what each column of a file is taken for, and why."""
