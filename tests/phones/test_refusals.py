"""What phones, and others, are refused: each with words, none with an answer taken."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from evalcore.phones.server import web
from evalcore.phones.server.limits import Limiter
from evalcore.phones.server.poll import Poll, Question
from evalcore.phones.server.web import PhoneServer
from evalcore.telling.reactions import ANSWERS, STAKEHOLDERS
from tests.phones.telephone import FORM, PATIENCE, Phone, server_here

Here = tuple[PhoneServer, Poll, Phone]


@pytest.fixture
def here() -> Iterator[Here]:
    """A server with an open question and a phone that has said its group."""
    with server_here() as (server, poll, phone):
        poll.show(Question("one", 1, "First", ""))
        phone.join("managers")
        yield server, poll, phone


def once() -> Limiter:
    return Limiter((1, 60.0), clock=lambda: 0.0)


def raw(server: PhoneServer, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE) as line:
        line.sendall(sent)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    "path",
    ["//", "//favicon.ico", "//aaaaaa", "/more", "/now/", "//k7m2p", "//k7m2pq2", "//%2e%2e/k7m2pq"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_any_other_path(here: Here, method: str, path: str) -> None:
    reply = here[2].ask(method, path, headers=FORM)
    assert reply.status == 404
    assert "k7m2pq" not in reply.text
    assert method == "HEAD" or "Type the link again" in reply.text


@pytest.mark.parametrize("path", ["", "/", "?from=camera", "//K7m2pq"])
def test_ways_to_write_the_link(here: Here, path: str) -> None:
    assert here[2].ask("GET", path).status == 200


def test_another_host(here: Here) -> None:
    server, _, phone = here
    for host in (
        "evil.example",
        f"evil.example:{server.server_port}",
        "127.0.0.1",
        f"localhost:{server.server_port}",
        "",
    ):
        reply = phone.ask("GET", headers={"Host": host})
        assert reply.status == 421, host
        assert "k7m2pq" not in reply.text
    reply = phone.send("/answer", {"question": "1", "answer": "agree"}, {"Host": "evil.example"})
    assert reply.status == 421
    assert raw(server, b"GET /k7m2pq HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 421")
    assert here[1].reading() == {}


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://[", "http://127.0.0.1", "https://{place}"]
)
def test_another_origin(here: Here, origin: str) -> None:
    _, poll, phone = here
    sent = {"Origin": origin.format(place=phone.place)}
    assert phone.send("/answer", {"question": "1", "answer": "agree"}, sent).status == 403
    assert poll.reading() == {}


def test_our_own_origin(here: Here) -> None:
    _, _, phone = here
    sent = {"Origin": f"http://{phone.place}"}
    assert phone.send("/answer", {"question": "1", "answer": "agree"}, sent).status == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "<script>"])
def test_other_methods(here: Here, method: str) -> None:
    reply = here[2].ask(method)
    assert reply.status == 405
    assert "This can not be done here." in reply.text
    assert "script>" not in reply.text
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


def test_nothing_can_be_sent_to_the_page_itself(here: Here) -> None:
    assert here[2].send("", {"group": "managers"}).status == 405


def test_a_head_has_no_body(here: Here) -> None:
    server, _, phone = here
    head, _, body = raw(server, f"HEAD /k7m2pq HTTP/1.0\r\nHost: {phone.place}\r\n\r\n".encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200")
    assert b"Content-Security-Policy" in head
    assert body == b""


@pytest.mark.parametrize("length", [web.LARGEST + 1, 1_000_000])
def test_too_large(here: Here, length: int) -> None:
    reply = here[2].ask("POST", "/answer", b"question=1&answer=agree&comment=" + b"a" * length, FORM)
    assert reply.status == 413
    assert here[1].reading() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {**FORM, "Content-Length": "-5"},
        {**FORM, "Content-Length": "²"},
        {**FORM, "Transfer-Encoding": "chunked"},
    ],
)
def test_what_is_no_form(here: Here, headers: dict[str, str]) -> None:
    body = b"question=1&answer=agree"
    lines = {"Host": here[2].place, "Content-Length": str(len(body)), "Cookie": here[2].cookie, **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    reply = raw(here[0], f"POST /k7m2pq/answer HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
    assert reply.startswith(b"HTTP/1.0 413")
    assert here[1].reading() == {}


@pytest.mark.parametrize("body", [b"&".join(b"a=1" for _ in range(9)), b"\xff\xfe=\x00", b"answer=agree", b""])
def test_a_strange_form(here: Here, body: bytes) -> None:
    assert here[2].ask("POST", "/answer", body, FORM).status in (409, 413)
    assert here[1].reading() == {}


@pytest.mark.parametrize(
    "cookie", ["answering=", "answering=invented", "answering=\x01; =;;", "[bad]=1", "a" * 5000, "é"]
)
def test_a_strange_cookie_is_nobodys(here: Here, cookie: str) -> None:
    _, poll, phone = here
    phone.cookie = cookie.encode("utf-8").decode("latin-1")
    reply = phone.send("/answer", {"question": "1", "answer": "agree"})
    assert reply.status == 403
    assert "Say first which group you are in." in reply.text
    assert poll.reading() == {}


def test_a_question_that_is_closed(here: Here) -> None:
    _, poll, phone = here
    poll.show(Question("two", 2, "Second", ""))
    for key in ("1", "9", "", "one"):
        reply = phone.send("/answer", {"question": key, "answer": "agree"})
        assert reply.status == 409
        assert "Your answer to it was not taken." in reply.text
        poll.wait()
    assert poll.reading() == {}


@pytest.mark.parametrize("answer", ["", "AGREE", "yes", "agree' OR 1"])
def test_an_answer_that_does_not_exist(here: Here, answer: str) -> None:
    reply = here[2].answer(answer, "Kept in the form")
    assert reply.status == 400
    assert "choose one of the answers" in reply.text
    assert "Kept in the form</textarea>" in reply.text


def test_a_comment_by_which_somebody_could_be_found(here: Here) -> None:
    reply = here[2].answer("agree", "Ask a@example.org")
    assert reply.status == 400
    assert "leave out e-mail addresses, links and long numbers" in reply.text
    assert here[1].reading() == {}


def test_a_group_that_does_not_exist(here: Here) -> None:
    phone = Phone(f"http://{here[2].place}/k7m2pq")
    reply = phone.join("visitors")
    assert (reply.status, phone.cookie) == (400, "")
    assert "Choose one of the groups." in reply.text


def test_a_full_room() -> None:
    poll = Poll(STAKEHOLDERS, ANSWERS, most_people=1)
    poll.show(Question("one", 1, "First", ""))
    with server_here(poll) as (_, _, phone):
        phone.join("managers")
        phone.answer("agree")
        reply = Phone(f"http://{phone.place}/k7m2pq").join("managers")
    assert reply.status == 503
    assert "The room is full" in reply.text


def test_a_phone_that_sends_too_often(here: Here) -> None:
    server, poll, phone = here
    server.per_phone = once()
    assert phone.answer("agree").status == 303
    reply = phone.answer("partly", "Kept in the form")
    assert reply.status == 429
    assert "Wait a moment" in reply.text
    assert "Kept in the form</textarea>" in reply.text
    other = Phone(f"http://{phone.place}/k7m2pq")
    other.join("managers")
    assert other.answer("disagree").status == 303
    assert poll.reading() == {"one": {"tallies": {"managers": {"agree": 1, "disagree": 1}}, "comments": []}}


def test_an_address_from_which_too_many_join(here: Here) -> None:
    server, _, phone = here
    server.per_address = once()
    others = [Phone(f"http://{phone.place}/k7m2pq") for _ in range(2)]
    assert [other.join("managers").status for other in others] == [303, 429]
    assert phone.answer("agree").status == 303


def test_a_room_that_sends_too_much(here: Here) -> None:
    server, _, phone = here
    server.in_all = once()
    assert [phone.answer("agree").status for _ in range(2)] == [303, 429]
    assert phone.ask("GET").status == 200


def test_every_reply_is_safe(here: Here) -> None:
    _, _, phone = here
    replies = [
        phone.ask("GET"),
        phone.ask("GET", "/now"),
        phone.ask("GET", "//"),
        phone.answer("agree"),
        phone.ask("PUT"),
    ]
    for reply in replies:
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "same-origin"
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert "Python" not in reply.headers["Server"]


def test_only_our_own_script_runs(here: Here) -> None:
    first, second = (here[2].ask("GET") for _ in range(2))
    policy = dict(part.split(" ", 1) for part in first.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["connect-src"] == "'self'"
    assert policy["script-src"] == policy["style-src"]
    nonce = policy["script-src"].removeprefix("'nonce-").removesuffix("'")
    assert first.text.count(f'nonce="{nonce}"') == 2
    assert nonce not in second.text


def test_nothing_is_logged(here: Here, capfd: pytest.CaptureFixture[str]) -> None:
    server, _, phone = here
    phone.answer("agree", "Said in confidence")
    phone.ask("GET", "//nowhere")
    raw(server, b"nonsense\r\n\r\n")
    with socket.create_connection(("127.0.0.1", server.server_port)) as line:
        line.sendall(b"POST /k7m2pq/answer HTTP/1.1\r\nContent-Length: 100\r\n\r\nanswer")
    server.handle_error(None, ("127.0.0.1", 1))
    phone.look()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "sent", [b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 70_000 + b" HTTP/1.0\r\n\r\n"]
)
def test_what_is_no_request(here: Here, sent: bytes) -> None:
    reply = raw(here[0], sent)
    assert b"This can not be done here." in reply
    assert b"nonsense" not in reply
