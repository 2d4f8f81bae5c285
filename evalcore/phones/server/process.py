"""The process: orders come as lines of JSON, and so do its answers. When nobody gives orders any more, it ends.

    {"groups": {...}, "answers": {...}, "most_people": 500, "most_comment": 280,
     "bind": "192.168.1.20", "host": "192.168.1.20", "port": 0, "code": "k7m2pq"}

comes first and is answered by {"port": 8765}, or by {"error": "address"} and the end. Then

    {"ask": 1, "do": "show", "screen": "...", "number": 3, "title": "...", "question": "..."}
    {"ask": 2, "do": "wait"}
    {"ask": 3, "do": "read"}

open a question, close it, and read how things stand; each is answered when it is done: {"ask": 1}, {"ask": 2},
{"ask": 3, "screens": {...}}. The last is {"do": "stop"}, or no line any more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from threading import Thread
from typing import Any

from .pages import Pages
from .poll import Poll, Question
from .web import PhoneServer


def main() -> int:
    """Serve until told to stop; return the process's exit code."""
    orders = sys.stdin.buffer
    setup = json.loads(orders.readline() or b"{}")
    if not setup:
        return 1
    poll = Poll(setup["groups"], setup["answers"], setup["most_people"])
    pages = Pages(f"/{setup['code']}", setup["groups"], setup["answers"], setup["most_comment"])
    try:
        server = PhoneServer(setup["bind"], setup["port"], setup["host"], pages, poll)
    except OSError:
        _tell({"error": "address"})
        return 1
    with server:
        Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        _tell({"port": server.server_port})
        for line in orders:
            order = json.loads(line)
            if order["do"] == "stop":
                break
            _tell({"ask": order["ask"], **_follow(order, poll)})
        server.shutdown()
    return 0


def _follow(order: Mapping[str, Any], poll: Poll) -> dict[str, object]:
    """Do what is ordered, and return what there is to tell."""
    if order["do"] == "show":
        poll.show(Question(order["screen"], order["number"], order["title"], order["question"]))
    elif order["do"] == "wait":
        poll.wait()
    elif order["do"] == "read":
        return {"screens": poll.reading()}
    return {}


def _tell(what: Mapping[str, object]) -> None:
    """One line, in plain ASCII: no encoding of any system can break it."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
