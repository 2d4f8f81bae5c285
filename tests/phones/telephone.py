"""A phone as tests use it: one person's requests, with the cookie that the person was given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from threading import Thread
from urllib.parse import urlencode, urlsplit

from evalcore.phones.server.pages import Pages
from evalcore.phones.server.poll import Poll
from evalcore.phones.server.web import PhoneServer
from evalcore.telling.reactions import ANSWERS, MOST_COMMENT, MOST_IN_A_ROOM, STAKEHOLDERS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = 30


@dataclass(frozen=True)
class Reply:
    status: int
    headers: HTTPMessage
    text: str


class Phone:
    def __init__(self, link: str) -> None:
        address = urlsplit(link)
        self.place, self.home, self.cookie = str(address.netloc), address.path, ""

    def ask(
        self, method: str, path: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request; `path` follows the room's own path unless it begins with a slash that is doubled."""
        whole = path[1:] if path.startswith("//") else self.home + path
        line = HTTPConnection(self.place, timeout=PATIENCE)
        try:
            cookie = {"Cookie": self.cookie} if self.cookie else {}
            line.request(method, whole, body, {**cookie, **(headers or {})})
            reply = line.getresponse()
            if given := reply.headers["Set-Cookie"]:
                self.cookie = given.partition(";")[0]
            return Reply(reply.status, reply.headers, reply.read().decode())
        finally:
            line.close()

    def look(self) -> str:
        return self.ask("GET").text

    def send(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
        return self.ask("POST", path, urlencode(fields).encode(), {**FORM, **(headers or {})})

    def join(self, group: str) -> Reply:
        return self.send("/group", {"group": group})

    def answer(self, answer: str, comment: str = "", key: str | None = None) -> Reply:
        """Answer the question that stands on the phone now, or the one with this key."""
        found = re.search(r'name="question" value="(\d+)"', self.look()) if key is None else None
        key = found[1] if found else key or ""
        return self.send("/answer", {"question": key, "answer": answer, "comment": comment})


@contextmanager
def server_here(poll: Poll | None = None) -> Iterator[tuple[PhoneServer, Poll, Phone]]:
    """The server in this process, where its clocks and limits can be reached."""
    poll = poll or Poll(STAKEHOLDERS, ANSWERS, MOST_IN_A_ROOM)
    pages = Pages("/k7m2pq", STAKEHOLDERS, ANSWERS, MOST_COMMENT)
    with PhoneServer("127.0.0.1", 0, "127.0.0.1", pages, poll) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server, poll, Phone(f"http://127.0.0.1:{server.server_port}/k7m2pq")
        finally:
            server.shutdown()
            serving.join()
