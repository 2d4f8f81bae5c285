"""Measures the time budgets of the project and prints them as a table; asserts nothing about the clock."""
