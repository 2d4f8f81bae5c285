"""What the public names of evalcore must be."""

from __future__ import annotations

import ast
import inspect
import itertools
from types import ModuleType


def disorder(names: list[str]) -> list[str]:
    """Names that stand before one that should come first, and names that stand twice."""
    twice = [f"{name} stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    return twice + [f"{later} belongs before {first}" for first, later in itertools.pairwise(names) if later < first]


def undocumented(module: ModuleType, names: list[str]) -> list[str]:
    """Public names that do not exist, say nothing about themselves, or show no example (exceptions need none)."""
    found = []
    for name in names:
        if not hasattr(module, name):
            found.append(f"{name} does not exist")
            continue
        thing = getattr(module, name)
        if isinstance(thing, ModuleType) or not (inspect.isclass(thing) or callable(thing)):
            continue
        text = thing.__doc__ or ""
        if not text or text.startswith(f"{name}("):  # the text that a dataclass makes up by itself
            found.append(f"{name} has no docstring")
        elif ">>>" not in text and not (inspect.isclass(thing) and issubclass(thing, Exception)):
            found.append(f"{name} shows no example")
    return found


def hidden_modules(module: ModuleType, names: list[str], submodules: set[str]) -> list[str]:
    """Public names that hide a module of the same name."""
    return [
        f"{name} hides the module {name}"
        for name in names
        if name in submodules and not isinstance(getattr(module, name, None), ModuleType)
    ]


def more_than_names(source: str) -> list[str]:
    """Statements of `evalcore/__init__.py` that are neither its docstring, an import, nor `__all__`."""
    return [f"line {node.lineno}: {ast.unparse(node)[:60]}" for node in ast.parse(source).body if not _is_plain(node)]


def _is_plain(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return [ast.unparse(target) for target in node.targets] == ["__all__"]
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, (ast.Import, ast.ImportFrom))
