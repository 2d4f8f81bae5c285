"""A study file takes the place of an earlier one at once, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from evalcore.errors import StorageError
from evalcore.storage import open_study, replacing, save_study
from evalcore.study import Study
from tests.storage.made import whole_study


def test_it_is_saved_and_opened_and_only_its_owner_may_read_it(tmp_path) -> None:
    path = tmp_path / "pilot.study"
    save_study(whole_study(), path)
    save_study(whole_study(), str(path))
    assert open_study(path).fingerprint == whole_study().fingerprint
    assert os.listdir(tmp_path) == ["pilot.study"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


FAILURES = {
    errno.ENOSPC: "no room left",
    errno.EROFS: "may not be written there",
    errno.EACCES: "may not be written there",
    errno.EIO: "may not be written there",
}


@pytest.mark.parametrize("number", FAILURES, ids=errno.errorcode.get)
@pytest.mark.parametrize("where", ["write", "fsync", "replace"])
def test_a_failure_leaves_the_earlier_file_and_nothing_else(tmp_path, monkeypatch, number, where) -> None:
    path = tmp_path / "pilot.study"
    save_study(Study.empty("Earlier"), path)

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(replacing.os, where, fail)
    with pytest.raises(StorageError, match=FAILURES[number]) as error:
        save_study(Study.empty("Later"), path)
    monkeypatch.undo()
    assert "what is open is as it was" in str(error.value)
    assert open_study(path).name == "Earlier"
    assert os.listdir(tmp_path) == ["pilot.study"]


def test_a_write_in_pieces_is_finished(tmp_path, monkeypatch) -> None:
    write = os.write
    monkeypatch.setattr(replacing.os, "write", lambda number, data: write(number, data[:1000]))
    save_study(Study.empty("Pieces"), tmp_path / "pilot.study")
    assert open_study(tmp_path / "pilot.study").name == "Pieces"


def test_a_folder_that_is_not_there_or_a_name_that_can_not_be(tmp_path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for path, said in (
        (tmp_path / "none" / "pilot.study", "does not exist"),
        (tmp_path / "file" / "pilot.study", "does not exist"),
        (tmp_path / "folder", "A folder has the name"),
        (tmp_path / ("x" * 300), "may not be written"),
        ("with\0blank", "may not be written"),
    ):
        with pytest.raises(StorageError, match=said) as error:
            save_study(Study.empty(), path)
        assert str(tmp_path) not in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link(tmp_path) -> None:
    (tmp_path / "real.study").write_bytes(b"")
    (tmp_path / "link.study").symlink_to(tmp_path / "real.study")
    save_study(Study.empty("Linked"), tmp_path / "link.study")
    assert (tmp_path / "link.study").is_symlink()
    assert open_study(tmp_path / "real.study").name == "Linked"


def test_what_a_killed_process_left_is_removed_and_another_file_is_not(tmp_path) -> None:
    left = tmp_path / ".pilot [1].study.abc.saving"
    other = tmp_path / ".pilot 1.study.abc.saving"
    left.write_bytes(b"half a study")
    other.write_bytes(b"of another file")
    save_study(Study.empty(), tmp_path / "pilot [1].study")
    assert sorted(os.listdir(tmp_path)) == [".pilot 1.study.abc.saving", "pilot [1].study"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can not be removed there")
def test_what_another_process_is_writing_is_left_alone(tmp_path) -> None:
    import fcntl

    busy = tmp_path / ".pilot.study.abc.saving"
    with busy.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        save_study(Study.empty(), tmp_path / "pilot.study")
        assert busy.exists()
    save_study(Study.empty(), tmp_path / "pilot.study")
    assert not busy.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_in_the_middle_of_a_save_a_whole_study_is_there(tmp_path) -> None:
    """Twenty times, at another moment each: the earlier study or the later one, never half of either."""
    path = tmp_path / "pilot.study"
    study = whole_study()
    save_study(study, path)
    start = time.perf_counter()
    save_study(study, path)
    needed = time.perf_counter() - start
    for turn in range(20):
        begun, tell = os.pipe()
        child = os.fork()
        if child == 0:
            _save_for_ever(study, path, turn, tell)
        os.close(tell)
        assert os.read(begun, 1), "the child came to save nothing"
        os.close(begun)
        time.sleep(needed * turn / 10)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert open_study(path).name.startswith(f"{turn}.")
    save_study(study, path)
    assert os.listdir(tmp_path) == ["pilot.study"]


def _save_for_ever(study: Study, path: Path, turn: int, tell: int) -> None:
    try:
        for number in range(10_000):
            save_study(study.renamed(f"{turn}.{number}"), path)
            os.write(tell, b"." if number == 0 else b"")
    finally:
        os._exit(1)
