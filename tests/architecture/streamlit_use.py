"""Where the pages may touch what must have one home: session state, caches, drawing, exports, broad handlers."""

from __future__ import annotations

import ast

STATE_HOME = "pages/_shared/state.py"
CACHE_HOME = "pages/_shared/cache.py"
SHARED = "pages/_shared/"
DRAWS_OR_EXPORTS = {
    "plotly_chart",
    "altair_chart",
    "vega_lite_chart",
    "pyplot",
    "bar_chart",
    "line_chart",
    "area_chart",
    "scatter_chart",
    "dataframe",
    "data_editor",
    "table",
    "metric",
    "download_button",
}
ARITHMETIC = {"merge", "groupby", "pivot", "pivot_table", "mean", "median", "std", "agg"}


def state_outside_its_home(name: str, source: str) -> list[str]:
    """Uses of st.session_state anywhere but in the state module."""
    return [] if name == STATE_HOME else _mentions(name, source, lambda word: word == "session_state")


def cache_outside_its_home(name: str, source: str) -> list[str]:
    """Uses of st.cache_data or st.cache_resource anywhere but in the cache module."""
    return [] if name == CACHE_HOME else _mentions(name, source, lambda word: word.startswith("cache_"))


def draws_by_itself(name: str, source: str) -> list[str]:
    """Calls that draw or export a result outside the shared components."""
    if name.startswith(SHARED):
        return []
    return [f"{name}:{line}: calls {word}" for line, word in _methods_called(source) if word in DRAWS_OR_EXPORTS]


def computes_on_a_page(name: str, source: str) -> list[str]:
    """Merging, grouping and averaging on a page: they belong in evalcore."""
    return [f"{name}:{line}: calls {word}" for line, word in _methods_called(source) if word in ARITHMETIC]


def broad_handlers(name: str, source: str) -> list[str]:
    """Handlers that catch everything: `except Exception`, and `except BaseException` or a bare `except`.

    One that raises again whatever it does not know by name is narrow, though it can not be written so: the failures of
    a parser that is not written in Python do not descend from Exception and have no class that could be imported.
    """
    handlers = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler)]
    return [f"{name}:{node.lineno}: catches everything" for node in handlers if _catches_everything(node)]


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = _names(handler.type) if handler.type else {"BaseException"}
    raises_again = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return "Exception" in caught or ("BaseException" in caught and not raises_again)


def _mentions(name: str, source: str, is_meant) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        words = [node.attr] if isinstance(node, ast.Attribute) else [node.id] if isinstance(node, ast.Name) else []
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            words = [alias.name for alias in node.names]
        found += [f"{name}:{node.lineno}: uses {word}" for word in words if is_meant(word)]
    return found


def _methods_called(source: str) -> list[tuple[int, str]]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [(node.lineno, node.func.attr) for node in calls if isinstance(node.func, ast.Attribute)]


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
