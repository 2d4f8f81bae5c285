"""The report as an Excel workbook: a sheet a table, numbers as numbers, native charts, and nothing that runs."""

from evalcore.reporting.workbook.book import report_xlsx

__all__ = ["report_xlsx"]
