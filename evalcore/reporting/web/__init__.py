"""The report as one page for a browser: nothing is loaded from anywhere, and it prints."""

from evalcore.reporting.web.exhibits import exhibit_html
from evalcore.reporting.web.page import report_html

__all__ = ["exhibit_html", "report_html"]
