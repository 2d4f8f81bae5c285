"""What answers the phones: one path, few methods, nothing logged, nothing kept but what `Poll` holds."""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

from .comments import cleaned, tells_how_to_reach
from .limits import Limiter
from .pages import Page, Pages
from .poll import Poll, Said, View

LARGEST = 4096
"""Bytes that a phone may send; a comment of the longest kind fits three times over."""

DRAINED = 64 * 1024
"""Bytes that are read and thrown away, so that who sent too much can still read the refusal."""

PER_PHONE = ((5, 1.0), (60, 60.0))
PER_ADDRESS = ((300, 60.0),)
"""Only for taking a group: a whole room may stand behind one address."""

IN_ALL = ((200, 1.0),)

MOST_CONNECTIONS = 600
MOST_FROM_ONE = 300
LONGEST_CONNECTION = 20.0

COOKIE = "answering"

NOT_HERE = ("Nothing is here", "Type the link again as it stands on the screen, with the six signs at its end.")
TOO_OFTEN = "That was too often in a short time. Wait a moment, then send it again."
NO_ANSWER = "Not sent yet: choose one of the answers."
REACHES = "Not sent yet: leave out e-mail addresses, links and long numbers. Nobody should be found by a comment."
GROUP_FIRST = "Say first which group you are in. What you sent was not taken."


class PhoneServer(ThreadingHTTPServer):
    """Listens on one address; each connection has few seconds, and there may be only so many."""

    daemon_threads = True
    request_queue_size = 128
    # On Windows this would let another program take the port over; elsewhere it only spares a wait.
    allow_reuse_address = os.name == "posix"
    allow_reuse_port = False

    def __init__(self, bind: str, port: int, host: str, pages: Pages, poll: Poll) -> None:
        self.host = host
        self.pages = pages
        self.poll = poll
        self.per_phone = Limiter(*PER_PHONE)
        self.per_address = Limiter(*PER_ADDRESS)
        self.in_all = Limiter(*IN_ALL)
        self._open: dict[object, tuple[str, float]] = {}
        self._lock = Lock()
        self.clock: Callable[[], float] = time.monotonic
        super().__init__((bind, port), PhoneHandler)
        self.hosts = {f"{host}:{self.server_port}", *([host] if self.server_port == 80 else [])}

    def server_bind(self) -> None:
        """Bind without the look-up of a name that the library would do: it could wait long, and ask others."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    def verify_request(self, request: object, client_address: Any) -> bool:
        """Whether there is room for one more connection."""
        address = str(client_address[0])
        with self._lock:
            if len(self._open) >= MOST_CONNECTIONS:
                return False
            if sum(one == address for one, _ in self._open.values()) >= MOST_FROM_ONE:
                return False
            self._open[request] = (address, self.clock())
            return True

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, and count it no longer."""
        with self._lock:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Several times a second: end what lasts too long, as when somebody sends a byte now and then."""
        before = self.clock() - LONGEST_CONNECTION
        with self._lock:
            lasting = [request for request, (_, since) in self._open.items() if since < before]
        for request in lasting:
            if isinstance(request, socket.socket):
                _end(request)

    def handle_error(self, request: object, client_address: Any) -> None:
        """Say nothing: a phone went away, and its address is nobody's business."""


class PhoneHandler(BaseHTTPRequestHandler):
    """Answers one request of one phone."""

    server: PhoneServer
    timeout = 10
    server_version = "phones"
    sys_version = ""

    def do_GET(self) -> None:
        """Give a page, or what is open now."""
        if not self._may_come_in():
            return
        where = self._where()
        if where == "":
            self._show()
        elif where == "now":
            self._tell_now()
        elif where == "group":
            self._send(200, self.server.pages.choice_of_group(self._view().group))
        else:
            self._go_home()

    do_HEAD = do_GET  # noqa: N815 - the library calls it so; the body is left out in `_write`

    def do_POST(self) -> None:
        """Take a group or an answer."""
        fields = self._fields()
        if not self._may_come_in():
            return
        where, origin = self._where(), self.headers.get("Origin")
        if where not in ("group", "answer"):
            self._refuse(405, "Not possible", "Nothing can be sent here.")
        elif origin is not None and origin.lower().removeprefix("http://") not in self.server.hosts:
            self._refuse(403, "Not taken", "What was sent came from another page. Open the link on the screen.")
        elif fields is None:
            self._refuse(413, "Not taken", "What was sent is too long, or no answer.")
        elif not self.server.in_all.allows("all"):
            self._refuse(429, "Not taken yet", TOO_OFTEN)
        elif where == "group":
            self._take_group(fields)
        else:
            self._take_answer(fields)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in our words: the library's would repeat what was sent."""
        page = Page("Not possible", "<h1>Not possible</h1><p>This can not be done here.</p>")
        self._send(405 if code == 501 else code, page)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: neither addresses nor requests."""

    def _show(self) -> None:
        view = self._view()
        pages = self.server.pages
        self._send(200, pages.of(view) if view.group else pages.choice_of_group())

    def _tell_now(self) -> None:
        view = self._view()
        asked = view.question
        now = {
            "stamp": view.stamp,
            "open": asked is not None,
            "number": asked.number if asked else None,
            "title": asked.title if asked else "",
            "question": asked.question if asked else "",
            "answered": view.said is not None,
        }
        self._write(200, json.dumps(now), {"Content-Type": "application/json"})

    def _take_group(self, fields: dict[str, str]) -> None:
        pages, group = self.server.pages, fields.get("group", "")
        if not self.server.per_address.allows(self.client_address[0]):
            self._send(429, pages.choice_of_group(fault=TOO_OFTEN))
        elif group not in self.server.poll.groups:
            self._send(400, pages.choice_of_group(fault="Choose one of the groups."))
        else:
            token = self.server.poll.join(self._token(), group)
            if token is None:
                self._refuse(503, "The room is full", "No more phones can take part. Say it aloud in the room.")
            else:
                cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"
                self._go_home({"Set-Cookie": cookie})

    def _take_answer(self, fields: dict[str, str]) -> None:
        view, pages, token = self._view(), self.server.pages, self._token()
        if token is None or view.group is None:
            self._send(403, pages.choice_of_group(fault=GROUP_FIRST))
            return
        said = Said(fields.get("answer", ""), cleaned(fields.get("comment", "")))
        refused = self._fault_of(token, said)
        if fields.get("question") != view.key or view.question is None:
            self._refuse(409, "This question is closed", "The room has gone on. Your answer to it was not taken.")
        elif refused:
            self._send(refused[0], pages.asking(view, said, refused[1]))
        elif self.server.poll.answer(token, view.key, said):
            self._go_home()
        else:
            self._refuse(409, "This question is closed", "The room has gone on. Your answer to it was not taken.")

    def _fault_of(self, token: str, said: Said) -> tuple[int, str] | None:
        """What keeps an answer from being taken: status and sentence."""
        most = self.server.pages.most_comment
        if not self.server.per_phone.allows(token):
            return 429, TOO_OFTEN
        if said.answer not in self.server.poll.answers:
            return 400, NO_ANSWER
        if len(said.comment) > most:
            return 400, f"Not sent yet: the comment has {len(said.comment)} characters, and {most} at most can be kept."
        return (400, REACHES) if tells_how_to_reach(said.comment) else None

    def _may_come_in(self) -> bool:
        """Whether the phone asks for this address and this room; if not, it was told."""
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            page = self.server.pages.notice("Not this address", "Type the link as it stands on the screen.", home=False)
            self._send(421, page)
            return False
        if self._where() is None:
            self._send(404, self.server.pages.notice(*NOT_HERE, home=False))
            return False
        return True

    def _where(self) -> str | None:
        """What follows the room's own path; None outside of the room. A phone may write capitals by itself."""
        first, _, rest = self.path.partition("?")[0].lstrip("/").partition("/")
        inside = f"/{first.lower()}" == self.server.pages.home and rest in ("", "now", "group", "answer")
        return rest if inside else None

    def _fields(self) -> dict[str, str] | None:
        """What was sent, the last of each name; None where it is no form, or too long."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            return None
        body = self.rfile.read(min(int(length[:9]), DRAINED))
        if int(length[:9]) > LARGEST or self.headers.get_content_type() != "application/x-www-form-urlencoded":
            return None
        try:
            fields = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=8)
        except ValueError:
            return None
        return {name: values[-1] for name, values in fields.items()}

    def _token(self) -> str | None:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            return None
        return cookie.value if cookie else None

    def _view(self) -> View:
        return self.server.poll.view(self._token())

    def _refuse(self, status: int, title: str, sentence: str) -> None:
        self._send(status, self.server.pages.notice(title, sentence))

    def _go_home(self, also: dict[str, str] | None = None) -> None:
        self._write(303, "", {"Location": self.server.pages.home, **(also or {})})

    def _send(self, status: int, page: Page) -> None:
        nonce = secrets.token_urlsafe(12)
        safe = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": safe}
        self._write(status, self.server.pages.written(page, nonce), headers)

    def _write(self, status: int, body: str, headers: dict[str, str]) -> None:
        data = body.encode("utf-8", "replace")
        self.send_response(status)
        for name, value in {**headers, **ALWAYS, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with that, browsers hide the origin of a form from ourselves as well.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it ended by itself meanwhile
