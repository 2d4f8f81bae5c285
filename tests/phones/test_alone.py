"""The process holds the questions and the tallies, never the study: it can not even reach the rest of the project."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evalcore.phones import child
from evalcore.phones.child import OPTIONS, SERVER, Child

FILES = sorted(SERVER.glob("*.py"))
PATIENCE = 60

LOADED = """
import importlib.util, json, sys
sys.path.insert(0, sys.argv[1])
import server.process
found = {name: importlib.util.find_spec(name) is not None for name in ("evalcore", "pandas", "streamlit", "socket")}
print(json.dumps([sorted(sys.modules), found]))
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level <= 1
            names = [] if node.level else [node.module or ""]
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_nothing_else_is_loaded_nor_within_reach() -> None:
    assert len(FILES) > 5
    command = [sys.executable, *OPTIONS, "-c", LOADED, str(SERVER.parent)]
    answer = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout
    modules, found = json.loads(answer)
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names | {"__main__", "server"}
    assert "server.web" in modules
    assert found == {"evalcore": False, "pandas": False, "streamlit": False, "socket": True}


def test_the_process_gets_nothing_of_the_dashboards_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "__main__.py").write_text(
        "import json, os, sys\nprint(json.dumps({'environment': dict(os.environ), 'words': sys.argv[1:]}))\n"
    )
    monkeypatch.setattr(child, "SERVER", tmp_path)
    monkeypatch.setenv("A_SECRET", "of the dashboard")
    process = Child()
    begun = process.begin({"code": "k7m2pq"})
    process.end()
    assert "PATH" in begun["environment"]
    assert not {"A_SECRET", "EVALUATION_DASHBOARD_DATA", "HOME"} & set(begun["environment"])
    assert begun["words"] == []


def test_nothing_is_written(tmp_path: Path) -> None:
    copy, empty = tmp_path / "served", tmp_path / "empty"
    shutil.copytree(SERVER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    empty.mkdir()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    setup = {"groups": {"lived": "Lived"}, "answers": {"agree": "Agree"}, "most_people": 5, "most_comment": 9}
    where = {"bind": "127.0.0.1", "host": "127.0.0.1", "port": 0, "code": "k7m2pq"}
    orders = [
        {**setup, **where},
        {"ask": 1, "do": "show", "screen": "one", "number": 1, "title": "Title", "question": ""},
        {"ask": 2, "do": "read"},
        {"do": "stop"},
        {"ask": 3, "do": "read"},
    ]
    lines = "".join(json.dumps(order) + "\n" for order in orders).encode()
    command = [sys.executable, *OPTIONS, str(copy)]
    done = subprocess.run(command, input=lines, capture_output=True, cwd=empty, timeout=PATIENCE, check=True)
    port, *answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(port) == ["port"]
    assert answers == [{"ask": 1}, {"ask": 2, "screens": {}}]
    assert done.stderr == b""
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_without_any_order_it_ends() -> None:
    command = [sys.executable, *OPTIONS, str(SERVER)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
