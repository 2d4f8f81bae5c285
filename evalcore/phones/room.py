"""A room whose phones can answer: opened on purpose, closed with the workshop."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from contextlib import suppress
from threading import RLock
from types import TracebackType
from typing import Self

from evalcore.errors import PhonesError
from evalcore.phones.child import NOT_STARTED, Child
from evalcore.phones.returned import reactions_by_screen
from evalcore.telling.reactions import ANSWERS, MOST_COMMENT, MOST_IN_A_ROOM, STAKEHOLDERS, Reactions

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of which a link's code is made: none of them is taken for another when somebody types it from a screen."""

CODE = 6
EVERY_ADDRESS = "0.0.0.0"
OUTSIDE = ("192.0.2.1", 9)  # an address kept for documents (RFC 5737): nobody has it, and nothing is sent

NO_ADDRESS = (
    "That is no address of this computer in a network. Type one such as 192.168.1.20, or leave the field empty."
)
TAKEN = (
    "The phones can not be served at that address and port: another program may be using the port, or this computer may"
    " not have the address. Leave both empty, and free ones are found."
)


def local_address() -> str:
    """Return this computer's address in the local network, or 127.0.0.1 where it is in none.

    The system is asked which address it would send from. Nothing is sent.

    >>> local_address().count(".")
    3
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(OUTSIDE)
            return str(asking.getsockname()[0])
        except OSError:
            return "127.0.0.1"


class Room:
    """Phones that answer the question on the screen; made by `Room.open`.

    Every method can be called by several threads at once.

    Attributes
    ----------
    link : str
        What a phone opens. It holds a random code and says nothing about the study.

    Examples
    --------
    >>> with Room.open(address="127.0.0.1") as room:
    ...     room.show("change.gse", 1, "Self-efficacy before and after", "Does this fit what you saw?")
    ...     room.reactions()
    {}
    """

    def __init__(self, child: Child, link: str) -> None:
        self.link = link
        self._child = child
        self._lock = RLock()
        self._shown: set[str] = set()
        self._read: dict[str, Reactions] = {}
        self._closed = False

    @classmethod
    def open(cls, *, address: str | None = None, port: int = 0) -> Room:
        """Start the process that serves the phones, and return the room.

        Parameters
        ----------
        address : str, optional
            This computer's address (IPv4) that phones can reach; `local_address` by default. "0.0.0.0" listens on all
            of them, and the link names the one of the local network.
        port : int
            0 takes a free one.

        Raises
        ------
        PhonesError
            If the address or the port can not be used, or the process can not start.
        """
        bind = address or local_address()
        host = local_address() if bind == EVERY_ADDRESS else bind
        _check(bind, port)
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE))
        child = Child()
        try:
            begun = child.begin(
                {
                    "groups": dict(STAKEHOLDERS),
                    "answers": dict(ANSWERS),
                    "most_people": MOST_IN_A_ROOM,
                    "most_comment": MOST_COMMENT,
                    "bind": bind,
                    "host": host,
                    "port": port,
                    "code": code,
                }
            )
        except PhonesError as problem:
            child.end()
            raise PhonesError(NOT_STARTED) from problem
        if type(begun.get("port")) is not int:
            child.end()
            raise PhonesError(TAKEN)
        return cls(child, f"http://{host}:{begun['port']}/{code}")

    @property
    def is_open(self) -> bool:
        """Whether phones can answer: it was not closed, and its process is there."""
        return not self._closed and self._child.runs

    def show(self, screen: str, number: int, title: str, question: str) -> None:
        """Open a question to the phones; the one before it closes. Answers that it already has stay.

        Parameters
        ----------
        screen : str
            The word by which `reactions` gives them back; phones never get it.
        number : int
            As the room sees it.
        title, question : str
            Plain text that may stand on strangers' phones: as released, never more.

        Raises
        ------
        PhonesError
            If the room is closed or its process is gone.
        """
        with self._lock:
            self._shown.add(screen)
            self._child.ask({"do": "show", "screen": screen, "number": number, "title": title, "question": question})

    def wait(self) -> None:
        """Close the question that is open: phones are asked to wait. `PhonesError` as in `show`."""
        with self._lock:
            self._child.ask({"do": "wait"})

    def reactions(self) -> dict[str, Reactions]:
        """Return the reactions to each screen that somebody answered; those read last if the room is closed.

        Raises
        ------
        PhonesError
            If the process gives no answer, or none that can be used. What was read before stays, and `is_open` tells
            whether the process is there; once it is gone, nothing is raised any more.
        """
        with self._lock:
            if self.is_open:
                self._read = reactions_by_screen(self._child.ask({"do": "read"}).get("screens"), self._shown)
            return dict(self._read)

    def close(self) -> dict[str, Reactions]:
        """Read once more, end the process, and return the reactions; a second time, only return them."""
        with self._lock:
            with suppress(PhonesError):  # then what was read before is all there is
                self.reactions()
            self._closed = True
            self._child.end()
            return dict(self._read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        """Neither the link nor what was answered."""
        return f"Room({'open' if self.is_open else 'closed'})"


def _check(bind: str, port: int) -> None:
    try:
        of_many = ipaddress.IPv4Address(bind).is_multicast or ipaddress.IPv4Address(bind).is_reserved
    except ValueError as problem:
        raise PhonesError(NO_ADDRESS) from problem
    if of_many:
        raise PhonesError(NO_ADDRESS)
    if type(port) is not int or not 0 <= port <= 65535:
        raise PhonesError(TAKEN)
