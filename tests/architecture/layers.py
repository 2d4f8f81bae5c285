"""Which module may import which."""

from __future__ import annotations

import ast

from tests.architecture.sources import imported, top_level

# The lowest first. A module imports its own layer or a lower one, never a higher one.
LAYERS = (
    ("columns", "errors", "wording", "figures.chart"),
    ("rules", "instruments", "methods"),
    ("intake",),
    ("assembly", "bench", "decisions", "leaving", "phones", "plan", "study", "telling", "withdrawal"),
    ("outcomes", "profile", "sample"),
    ("claims", "trail"),
    ("findings",),
    ("disclosure", "figures"),
    ("reporting", "storage"),
)
HEIGHT = {unit: height for height, layer in enumerate(LAYERS) for unit in layer}
HEAVY = (
    "scipy.stats",
    "statsmodels",
    "pingouin",
    "plotly",
    "matplotlib",
    "seaborn",
    "sklearn",
    "pyreadstat",
    "rapidfuzz",
    "xlsxwriter",
    "duckdb",
    "docx",
    "pptx",
    "segno",
)
OUTSIDE = ("tests", "benchmarks", "sample_data", "app")


def belongs(name: str, module: str) -> bool:
    """True if the dotted `name` is `module` or lies in it."""
    return name == module or name.startswith(f"{module}.")


def dotted_name(name: str) -> str:
    """A file's name as a module's: `evalcore/figures/__init__.py` is `evalcore.figures`."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def unit_of(dotted: str) -> str:
    """The part of evalcore that a dotted name belongs to; the empty string for evalcore itself."""
    if not belongs(dotted, "evalcore"):
        return ""
    if belongs(dotted, "evalcore.figures.chart"):
        return "figures.chart"
    return dotted.split(".")[1] if "." in dotted else ""


def imports_upwards(name: str, source: str) -> list[str]:
    """Imports of a higher layer, and parts of evalcore that no layer knows."""
    here = unit_of(dotted_name(name))
    if not here:
        return []  # evalcore/__init__.py gathers the public names of all layers
    if here not in HEIGHT:
        return [f"{name}: the layers do not know evalcore.{here}"]
    targets = [(node, unit_of(full)) for node in ast.walk(ast.parse(source)) for full in imported(node, name)]
    return [
        f"{name}:{node.lineno}: {here} imports {target}, which stands above it"
        for node, target in targets
        if target in HEIGHT and HEIGHT[target] > HEIGHT[here]
    ]


def units_imported(name: str, source: str) -> set[str]:
    """The other parts of evalcore that a file imports."""
    here = unit_of(dotted_name(name))
    found = {unit_of(full) for node in ast.walk(ast.parse(source)) for full in imported(node, name)}
    return (found & set(HEIGHT)) - {here}


def circles(graph: dict[str, set[str]]) -> list[str]:
    """Each unit from which the imports lead back to it."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(graph.get(start, ()))
        while waiting:
            unit = waiting.pop()
            if unit not in seen:
                seen.add(unit)
                waiting.extend(graph.get(unit, ()))
        return seen

    return sorted(unit for unit in graph if unit in reached(unit))


def forbidden_imports(name: str, source: str) -> list[str]:
    """Imports across a border of the house: streamlit in evalcore, plotly outside figures, one page in another."""
    found = [(node, full) for node in ast.walk(ast.parse(source)) for full in imported(node, name)]
    return [f"{name}:{node.lineno}: imports {full}" for node, full in found if _is_forbidden(name, full)]


def _is_forbidden(name: str, full: str) -> bool:
    if any(belongs(full, module) for module in OUTSIDE):
        return True
    if belongs(full, "plotly") and not name.startswith("evalcore/figures/"):
        return True
    if name.startswith("evalcore/"):
        return belongs(full, "streamlit") or belongs(full, "pages")
    if belongs(full, "pages") and name.startswith("pages/"):
        own_folder = name.split("/")[1]
        return full.split(".")[1:2] not in (["_shared"], [own_folder])
    return False


def heavy_at_import(name: str, source: str) -> list[str]:
    """Heavy libraries that are loaded as soon as the module is imported."""
    return [
        f"{name}:{node.lineno}: {full} is imported by the module, not by the function that uses it"
        for node in top_level(ast.parse(source))
        for full in imported(node, name)
        if any(belongs(full, heavy) for heavy in HEAVY)
    ]
