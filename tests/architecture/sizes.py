"""How long a file and a function may be, and how a file may be called."""

from __future__ import annotations

import ast
import re

BODY = 40
CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc"}


def most_lines(name: str) -> int:
    """The most lines that a file may have, by where it stands."""
    if name == "app.py":
        return 60
    if name.startswith("pages/") and not name.startswith("pages/_shared/"):
        return 120
    return 400


def too_long(name: str, source: str) -> list[str]:
    """The file, if it has too many lines."""
    lines = len(source.splitlines())
    return [f"{name}: {lines} lines, at most {most_lines(name)}"] if lines > most_lines(name) else []


def long_bodies(name: str, source: str) -> list[str]:
    """Functions whose body, less its docstring, is too long."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    measured = [(node, body_lines(node)) for node in functions]
    return [
        f"{name}:{node.lineno}: {node.name} has {lines} lines, at most {BODY}"
        for node, lines in measured
        if lines > BODY
    ]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    documentation = ast.get_docstring(node, clean=False)
    whole = (node.end_lineno or node.lineno) - node.body[0].lineno + 1
    return whole - len(documentation.splitlines()) if documentation else whole


def misplaced(name: str) -> list[str]:
    """A page that stands directly in pages/, or a name that says nothing."""
    found = []
    if re.fullmatch(r"pages/[^/]+\.py", name) and name != "pages/__init__.py":
        found.append(f"{name}: a page lives in pages/<slug>/page.py")
    if CATCH_ALL & set(name.removesuffix(".py").split("/")):
        found.append(f"{name}: a name that says nothing about what lives there")
    return found
