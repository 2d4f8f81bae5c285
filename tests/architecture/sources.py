"""The project's own source files, as text: what the architecture tests read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("evalcore", "pages", "sample_data", "tests", "benchmarks", ".streamlit", ".ci")
TEXT = {".py", ".toml", ".md", ".txt", ".csv", ".json", ".R", ".cmd", ".yml", ".yaml", ""}

Checker = Callable[[str, str], list[str]]


def files() -> Iterator[Path]:
    """Every file of the project: what stands in its root, and in its folders."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file())
    for folder in FOLDERS:
        yield from (
            path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and "__pycache__" not in path.parts
        )


def name_of(path: Path) -> str:
    """A file's name from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def python_files(*starts: str) -> dict[str, str]:
    """Name to source of each Python file whose name begins with one of `starts` (all of them if none is given)."""
    named = {name_of(path): path for path in files() if path.suffix == ".py"}
    return {name: path.read_text(encoding="utf-8") for name, path in named.items() if name.startswith(starts or "")}


def text_files() -> dict[str, str]:
    """Name to content of each file that holds text; bytes that are no UTF-8 are replaced."""
    return {
        name_of(path): path.read_text(encoding="utf-8", errors="replace") for path in files() if path.suffix in TEXT
    }


def faults(check: Checker, *starts: str) -> list[str]:
    """What `check` finds in each Python file."""
    return [fault for name, source in python_files(*starts).items() for fault in check(name, source)]


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run when the module is imported; what stands under TYPE_CHECKING or in a function does not."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        yield node
        waiting.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))
        waiting.extend(
            statement
            for handler in ast.iter_child_nodes(node)
            if isinstance(handler, ast.ExceptHandler)
            for statement in handler.body
        )


def imported(node: ast.AST, name: str) -> list[str]:
    """Full names of what an import statement in the file `name` takes; nothing for any other statement.

    `from a.b import c` gives `a.b.c`: whether `c` is a module or a name of `a.b` can not be seen in the text.
    """
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = name.removesuffix(".py").split("/")[: -node.level]
            base = ".".join([*package, *([node.module] if node.module else [])])
        return [f"{base}.{alias.name}" for alias in node.names]
    return []
