"""Counting a file where it lies gives what an upload of it gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evalcore.profile.counting import count_caseload
from tests.profile.counting.files import drawn, expected, pilot, plainly


def counted(path: Path, content: bytes, **choices: pd.DataFrame) -> pd.DataFrame:
    path.write_bytes(content)
    return plainly(count_caseload(path, pilot(), **choices).table)


@pytest.mark.parametrize("seed", range(12))
def test_random_files_count_as_an_upload_does(tmp_path: Path, seed: int) -> None:
    content = drawn(seed, 300).to_csv(index=False).encode()
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_people(tmp_path: Path, n: int) -> None:
    content = drawn(n, n, clean=True).to_csv(index=False).encode()
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))
