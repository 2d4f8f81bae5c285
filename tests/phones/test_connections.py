"""How many connections there may be, and how long one lasts."""

from __future__ import annotations

import socket
from http.client import RemoteDisconnected

import pytest

from evalcore.phones.server import web
from tests.phones.telephone import PATIENCE, server_here


def test_a_connection_that_lasts_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.PhoneHandler, "timeout", 2 * PATIENCE)
    with server_here() as (server, _, phone):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as slow:
            slow.sendall(b"GET /k7m2pq HT")
            assert "Which group" in phone.look()
            late = server.clock() + web.LONGEST_CONNECTION + 1
            server.clock = lambda: late
            assert b"HTTP/1.0 200" not in slow.recv(1000)
        assert "Which group" in phone.look()


def test_one_address_can_not_take_all_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_FROM_ONE", 2)
    monkeypatch.setattr(web, "MOST_CONNECTIONS", 3)
    with server_here() as (server, _, phone):
        held = [object() for _ in range(5)]
        addresses = ["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3"]
        taken = [server.verify_request(one, (address, 5)) for one, address in zip(held, addresses, strict=True)]
        assert taken == [True, True, False, True, False]
        with pytest.raises((ConnectionError, RemoteDisconnected)):
            phone.look()


def test_a_connection_that_ended_is_counted_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_CONNECTIONS", 8)
    with server_here() as (_, _, phone):
        assert all("Which group" in phone.look() for _ in range(30))


def test_a_connection_has_few_seconds() -> None:
    assert web.PhoneHandler.timeout == 10
