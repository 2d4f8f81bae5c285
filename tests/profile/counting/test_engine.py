"""The database may touch one file, and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from evalcore.errors import EvalcoreError
from evalcore.profile.counting.engine import NotPlainError, opened


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/new.csv'",
        "ATTACH '{folder}/new.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '{folder}'",
    ],
)
def test_nothing_else_can_be_touched(tmp_path: Path, statement: str) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    mine.write_text("a\n1\n")
    other.write_text("b\n2\n")
    with opened([mine], None, None) as engine:
        assert engine.rows("SELECT content FROM read_text(?)", [str(mine)]) == [("a\n1\n",)]
        said = statement.format(other=other, folder=tmp_path)
        with pytest.raises((duckdb.Error, EvalcoreError, NotPlainError)):
            engine.rows(said)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine.csv", "other.csv"]


def test_what_does_not_fit_into_memory_is_refused(tmp_path: Path) -> None:
    """Nothing of it goes to disk."""
    with opened([tmp_path / "none"], None, None) as engine:
        assert engine.rows("SELECT current_setting('temp_directory')") == [("",)]
        assert engine.rows("SELECT current_setting('autoload_known_extensions')") == [(False,)]
