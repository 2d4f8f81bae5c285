"""The report as a Word document."""

from evalcore.reporting.document.rendering import report_docx

__all__ = ["report_docx"]
