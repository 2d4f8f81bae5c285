"""What every page holds beside the report: its looks, its script, the library that draws, and what it may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path

from evalcore.figures import theme
from evalcore.reporting.web.markup import css_text, hash_source

_HERE = Path(__file__).parent
_SMALL = f"font: 7.5pt {theme.FONT}; color: {theme.LIGHT.muted};"
_STYLE_NAME = re.compile(r'getElementById\("([0-9a-f]{64})"\)')
_PAGE_NUMBER = f'@bottom-right {{ content: counter(page) " of " counter(pages); {_SMALL} }}'


@cache
def library() -> str:
    """Return the plotly script, once for all charts of a page.

    >>> "plotly.js" in library()[:20]
    True
    """
    return resources.files("plotly").joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")


def taken_names() -> tuple[str, ...]:
    """Return under which names the library looks for styles of maps before it would add them, which no chart needs.

    >>> all(name.isalnum() for name in taken_names())
    True
    """
    return tuple(dict.fromkeys(_STYLE_NAME.findall(library())))


def script() -> str:
    """Return the script of the page: it draws the charts and opens the tables.

    >>> '"use strict"' in script()
    True
    """
    return (_HERE / "report.js").read_text(encoding="utf-8")


def looks(foot: str) -> str:
    """Return the style sheet of the page; `foot` stands at the bottom of each printed sheet.

    >>> "--text: #0b0c0c" in looks("Sample study")
    True
    """
    own = (_HERE / "report.css").read_text(encoding="utf-8")
    colours = (
        f":root {{ {_variables(theme.LIGHT)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(theme.DARK)} }} }}\n"
        f"@page {{ @bottom-left {{ content: {css_text(foot)}; {_SMALL} }} {_PAGE_NUMBER} }}\n"
    )
    return f"{colours}:root {{ --font: {theme.FONT}; }}\n{own}"


def plot_looks() -> str:
    """Return the rules that plotly would add by itself, which the page's policy forbids.

    >>> ".main-svg" in plot_looks()
    True
    """
    return (_HERE / "plotly.css").read_text(encoding="utf-8")


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the content security policy: these scripts and styles, pictures inside the page, nothing else at all.

    >>> policy(["a"], []).split("; ")[0]
    "default-src 'none'"
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(hash_source, scripts)),
        "style-src": " ".join(map(hash_source, styles)),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in rules.items())


def _variables(surface: theme.Surface) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in asdict(surface).items())
