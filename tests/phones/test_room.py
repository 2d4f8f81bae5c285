"""The room from the dashboard's side: opened, asked by several threads, and gone whatever happens."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from evalcore.errors import EvalcoreError, PhonesError
from evalcore.phones import Room, child, local_address, room
from evalcore.phones.child import SERVER
from evalcore.telling.reactions import Reactions, Tally
from tests.browser.server import free_port
from tests.phones.telephone import Phone

HERE = "127.0.0.1"
ROOT = SERVER.parents[2]


def answers(link: str) -> bool:
    address = urlsplit(link)
    try:
        socket.create_connection((str(address.hostname), address.port or 80), timeout=30).close()
    except ConnectionRefusedError:
        return False
    return True


def answered(open_room: Room) -> None:
    open_room.show("one", 1, "First", "")
    phone = Phone(open_room.link)
    phone.join("lived")
    phone.answer("agree")


READ = {"one": Reactions((Tally("lived", agree=1),))}


def test_a_link_can_be_typed_from_a_screen() -> None:
    with Room.open(address=HERE) as first, Room.open(address=HERE) as second:
        codes = [urlsplit(one.link).path[1:] for one in (first, second)]
        assert codes[0] != codes[1]
        assert all(len(code) == 6 and set(code) <= set(room.SIGNS) for code in codes)
        assert first.link == f"http://{HERE}:{urlsplit(first.link).port}/{codes[0]}"
    assert not set("01ilo") & set(room.SIGNS)


def test_closing_reads_once_more_and_twice_is_once() -> None:
    opened = Room.open(address=HERE)
    answered(opened)
    assert opened.is_open
    assert opened.close() == READ
    assert opened.close() == READ
    assert opened.reactions() == READ
    assert not opened.is_open
    assert not answers(opened.link)
    with pytest.raises(PhonesError, match="has ended"):
        opened.show("two", 2, "Second", "")
    with pytest.raises(PhonesError, match="has ended"):
        opened.wait()


def test_a_room_that_nobody_holds_is_closed() -> None:
    opened = Room.open(address=HERE)
    link = opened.link
    assert answers(link)
    del opened
    gc.collect()
    assert not answers(link)


def test_a_room_is_closed_when_something_breaks() -> None:
    with pytest.raises(ZeroDivisionError), Room.open(address=HERE) as opened:
        raise ZeroDivisionError
    assert not answers(opened.link)


@pytest.mark.parametrize("ending", ["os._exit(1)", "sys.exit()"])
def test_no_process_outlives_the_dashboard(ending: str) -> None:
    script = (
        "import os, sys\nfrom evalcore.phones import Room\n"
        f"opened = Room.open(address='{HERE}')\nprint(opened.link, flush=True)\n{ending}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    link = done.stdout.strip()
    assert link.startswith("http://")
    for _ in range(300):
        if not answers(link):
            return
        time.sleep(0.1)
    pytest.fail("the process is still there")


def test_when_the_process_dies_what_was_read_stays() -> None:
    opened = Room.open(address=HERE)
    answered(opened)
    assert opened.reactions() == READ
    opened._child._process.kill()
    opened._child._process.wait()
    assert not opened.is_open
    assert opened.reactions() == READ
    with pytest.raises(PhonesError, match="has ended"):
        opened.show("two", 2, "Second", "")
    assert opened.close() == READ


def test_many_threads_at_once() -> None:
    with Room.open(address=HERE) as opened, ThreadPoolExecutor(8) as together:
        answered(opened)

        def one(number: int) -> bool:
            opened.show("one", 1, "First", "")
            if number % 3 == 0:
                opened.wait()
            return opened.reactions() == READ

        assert all(together.map(one, range(48)))


def test_closing_while_others_read() -> None:
    opened = Room.open(address=HERE)
    answered(opened)
    with ThreadPoolExecutor(8) as together:
        read = [together.submit(opened.close if number == 4 else opened.reactions) for number in range(9)]
    assert all(one.result() == READ for one in read)


def test_a_port_can_be_chosen() -> None:
    port = free_port()
    with Room.open(address=HERE, port=port) as opened:
        assert urlsplit(opened.link).port == port
        with pytest.raises(PhonesError, match="another program may be using the port"):
            Room.open(address=HERE, port=port)
    Room.open(address=HERE, port=port).close()


def test_an_address_that_this_computer_has_not() -> None:
    with pytest.raises(PhonesError, match="may not have the address"):
        Room.open(address="192.0.2.7")


@pytest.mark.parametrize(
    "address",
    [
        "localhost",
        "224.0.0.1",
        "255.255.255.255",
        "somewhere.example",
        "::1",
        "1.2.3",
        "127.0.0.1:80",
        " ",
        "127.0.0.1\n",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(EvalcoreError, match=r"such as 192\.168\.1\.20"):
        Room.open(address=address)


@pytest.mark.parametrize("port", [-1, 65536, "80", True, 1.5])
def test_what_is_no_port(port: int) -> None:
    with pytest.raises(PhonesError, match="using the port"):
        Room.open(address=HERE, port=port)


def test_every_address_is_listened_to_and_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "local_address", lambda: HERE)
    with Room.open(address="0.0.0.0") as opened:
        assert urlsplit(opened.link).hostname == HERE
        assert "Which group" in Phone(opened.link).look()


def test_without_an_address_it_is_that_of_the_local_network() -> None:
    with Room.open() as opened:
        assert urlsplit(opened.link).hostname == local_address()


def test_a_computer_in_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    class Alone(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(room.socket, "socket", Alone)
    assert local_address() == HERE


@pytest.mark.parametrize(
    "script",
    [
        "",
        "print('nonsense', flush=True); sys.stdin.read()",
        "print('[]', flush=True); sys.stdin.read()",
        "raise SystemExit(3)",
    ],
)
def test_a_process_that_does_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    (tmp_path / "__main__.py").write_text(f"import sys\n{script}\n")
    monkeypatch.setattr(child, "SERVER", tmp_path)
    with pytest.raises(PhonesError, match="could not start"):
        Room.open(address=HERE)


def test_a_python_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(PhonesError, match="could not start"):
        Room.open(address=HERE)


FORGED = """
import json, sys
print(json.dumps({"port": 9}), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    if "ask" in order:
        print(json.dumps({"ask": order["ask"] - 1, "screens": {}}))
        screens = {"never shown": {"tallies": {}, "comments": []}}
        print(json.dumps({"ask": order["ask"], "screens": screens}), flush=True)
"""


def test_what_can_not_be_used_is_said_and_what_was_read_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__main__.py").write_text(FORGED)
    monkeypatch.setattr(child, "SERVER", tmp_path)
    opened = Room.open(address=HERE)
    with pytest.raises(PhonesError, match="could not be read"):
        opened.reactions()
    assert opened.is_open
    assert opened.close() == {}


def test_a_process_that_will_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = "import sys, time\nprint('{\"port\": 9}', flush=True)\nsys.stdin.read()\ntime.sleep(600)\n"
    (tmp_path / "__main__.py").write_text(stubborn)
    monkeypatch.setattr(child, "SERVER", tmp_path)
    monkeypatch.setattr(child, "FAREWELL", 0.1)
    monkeypatch.setattr(child, "PATIENCE", 5.0)
    opened = Room.open(address=HERE)
    process = opened._child._process
    opened._closed = True
    opened.close()
    assert process.returncode not in (None, 0)


def test_a_representation_tells_nothing() -> None:
    with Room.open(address=HERE) as opened:
        answered(opened)
        assert repr(opened) == "Room(open)"
    assert repr(opened) == "Room(closed)"
    assert os.sep not in str(PhonesError(room.TAKEN))
