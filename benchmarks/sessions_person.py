"""One person in one browser window: hands in a study, clicks about in it, and looks for what is anybody else's."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Error, Locator, Page, Request, Response, WebSocket

from benchmarks.sessions_canary import KINDS, Canary, marks
from tests.browser.server import PATIENCE

_RESTED = 0.3  # seconds that a page has stood still before it counts as settled; no part of the answer's time
_LOOKS = 200  # milliseconds between two looks whether the page stands
# A busy server takes its time before a script even starts: the page notes when it asked last and was answered last.
_NOTES = """window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
        super(...given);
        this.addEventListener("message", () => { window.answered = performance.now(); });
    }
    send(data) { window.asked = performance.now(); super.send(data); }
};"""
_STANDS = """() => {
    const now = performance.now();
    const app = document.querySelector('[data-testid="stApp"]');
    const answered = (window.asked ?? 0) <= (window.answered ?? 0);
    const rests = answered && app?.dataset.testScriptState === "notRunning" && document.querySelector("h1");
    window.lastBusy = rests ? (window.lastBusy ?? now) : now;
    return now - window.lastBusy > 300;
}"""
_SAMPLE = "Sample study (invented)"
_GUARD = ("This part could not be shown", 'data-testid="stException"', "Traceback (most recent call last)")
_EVERYTHING = """() => [document.documentElement.outerHTML, document.body.innerText,
    ...[...document.querySelectorAll("input, textarea")].map(part => part.value)].join("\\n")"""
# The framework looks whether a file is there whenever it draws its button, also the one of a page that is being left.
_LOOKED_AGAIN = "Client Error: Download Button source error"
# The framework asks for these beside the page that a link leads to, before it finds them; and says that it did not.
_ASKED_FIRST = ("_stcore/health", "_stcore/host-config")
_SAID_THEN = ("Failed to load resource", "The page that you have requested does not seem to exist", _LOOKED_AGAIN)
_WEIGHTS = {
    "page": 28,
    "sidebar": 14,
    "part": 14,
    "measure": 5,
    "expander": 14,
    "download": 14,
    "refresh": 5,
    "back": 4,
    "note": 2,
}


@dataclass
class Seen:
    """What all sessions together did and saw."""

    clicks: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cross_talk: list[str] = field(default_factory=list)
    own: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    files: int = 0
    files_gone: int = 0
    messages: int = 0


class Person:
    """A window with a study of its own."""

    def __init__(self, canary: Canary, keeps: bool, page: Page, url: str, seen: Seen, seed: int) -> None:
        self.canary, self.keeps, self.page, self.url, self.seen = canary, keeps, page, url, seen
        self.rng = random.Random(f"{seed} {canary.number}")
        self.study = _SAMPLE
        self.doing = "opening"
        self.back_steps = 0
        self.listen()

    @classmethod
    async def arrive(cls, browser: Browser, canary: Canary, keeps: bool, url: str, seen: Seen, seed: int) -> Person:
        """Open a window that shares nothing with the others."""
        # What moves on a page costs a processor more than the server does: 20 windows share what one person has.
        context = await browser.new_context(viewport={"width": 1000, "height": 600}, reduced_motion="reduce")
        context.set_default_timeout(1000 * PATIENCE)
        await context.add_init_script(_NOTES)
        return cls(canary, keeps, await context.new_page(), url, seen, seed)

    def listen(self) -> None:
        """Hear every fault that the browser tells of, and read everything that the server sends."""
        self.page.on("console", lambda said: self.heard(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.fault(f"a script failed: {fault.message}"))
        self.page.on("response", self.answered)
        self.page.on("requestfailed", self.unanswered)
        self.page.on("dialog", lambda asked: asyncio.ensure_future(asked.accept()))
        self.page.on("websocket", self.connected)

    def heard(self, said: str) -> None:
        """Take down an error of the browser's console that is ours."""
        if not said.startswith(_SAID_THEN):
            self.fault(f"the console says: {said[:200]}")

    def answered(self, response: Response) -> None:
        """Take down a refusal; a download that fails is told of where it is waited for."""
        if response.status == 404 and "/media/" in response.url:
            self.seen.files_gone += 1
        elif response.status >= 400 and not response.url.endswith(_ASKED_FIRST):
            self.fault(f"status {response.status} for {response.url.removeprefix(self.url)[:60]}")

    def unanswered(self, request: Request) -> None:
        """Take down a request that failed, and was not given up because the page was left."""
        if request.failure != "net::ERR_ABORTED":
            self.fault(f"{request.failure} for {request.url.removeprefix(self.url)[:60]}")

    def connected(self, socket: WebSocket) -> None:
        """Read what the server sends, drawn or not; the list of kept studies names them all."""
        socket.on("framereceived", self.received)

    def received(self, data: str | bytes) -> None:
        """Look for other people's marks in one message."""
        self.seen.messages += 1
        text = data if isinstance(data, str) else data.decode(errors="replace")
        self.search(text, "a message of the server", names_may_stand=True)

    def fault(self, what: str) -> None:
        """Take down that something went wrong, and while doing what."""
        self.seen.errors.append(f"session {self.canary.number}, {self.doing}: {what}")

    def search(self, text: str, where: str, *, names_may_stand: bool = False) -> None:
        """Look for other people's marks, and count one's own: they show that marks are found where they stand."""
        found = marks(text)
        self.seen.own.update(one.kind for one in found if one.owner == self.canary.number)
        for one in found:
            allowed = names_may_stand and one.kind == KINDS["name"]
            if one.owner != self.canary.number and not allowed:
                told = f"session {self.canary.number} got {one.kind} of session {one.owner} in {where}"
                self.seen.cross_talk.append(told)

    async def begin(self) -> None:
        """Hand in the study, give it its name, and keep it where this person does."""
        await self.do("page", lambda: self.to("Add data"))
        await self.do("upload", self.upload, study="Your study")
        await self.do("page", lambda: self.to("Studies"))
        field_ = self.page.get_by_label("Name of the study that is open")
        await field_.fill(self.canary.name)
        await self.do("typing", lambda: field_.press("Enter"))
        await self.do("name", self.button("Give it this name").click, study=self.canary.name)
        if self.keeps:
            await self.do("keep", self.button("Keep this study").click)
        self.back_steps = 0

    async def upload(self) -> None:
        """Hand in the file; that it is taken in is waited for, since it is sent before the page asks for anything."""
        await self.page.locator("input[type=file]").first.set_input_files([self.canary.file()])
        await self.page.get_by_text("The sample study is closed").wait_for()

    async def come_in(self, door: asyncio.Semaphore) -> None:
        """Open the dashboard and begin, with a few others at a time."""
        async with door:
            try:
                await self.page.goto(self.url)
                await self.settle()
                await self.begin()
            except Error as problem:
                self.fault(f"coming in: {str(problem).splitlines()[0]}")

    async def live(self, until: float, think: tuple[float, float]) -> None:
        """Click about until a moment; a click that finds nothing to click is another page instead."""
        beside = self.page.get_by_test_id("stSidebar").get_by_role("combobox")
        measure = self.page.get_by_role("combobox", name="Measure")
        ways: dict[str, Callable[[], Awaitable[bool]]] = {
            "page": self.any_page,
            "sidebar": lambda: self.any_option(beside, "sidebar"),
            "part": self.any_part,
            "measure": lambda: self.any_option(measure, "measure"),
            "expander": lambda: self.any_folded("details:not([open]) > summary"),
            "download": self.any_download,
            "refresh": self.refresh,
            "back": self.back,
            "note": self.note,
        }
        while time.monotonic() < until:
            await asyncio.sleep(self.rng.uniform(*think))
            kind = self.rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
            try:
                if not await ways[kind]():
                    await self.any_page()
            except Error as problem:
                self.fault(f"{kind}: {str(problem).splitlines()[0]}")

    async def do(self, kind: str, act: Callable[[], Awaitable[object]], *, study: str = "") -> None:
        """Do one thing, wait until the page stands, take the time, and look at everything on the page.

        `study`: what is open after that, where it changes; a page may stand for a moment before it does.
        """
        self.doing = f"{kind} on {self.page.url.removeprefix(self.url)[:60]}"
        start = time.monotonic()
        await act()
        if study:
            self.study = study
            await self.page.get_by_test_id("stSidebar").locator("p", has_text=f"Study: {study}").wait_for()
        await self.settle()
        self.seen.clicks.append((kind, time.monotonic() - start - _RESTED))
        await self.look()

    async def settle(self) -> None:
        """Wait until the page has a heading and its script has not run for a moment."""
        await self.page.evaluate("window.lastBusy = performance.now()")
        await self.page.wait_for_function(_STANDS, polling=_LOOKS)

    async def look(self) -> None:
        """Look for other people's marks and for faults in all that the page holds, shown or not."""
        text = await self.page.evaluate(_EVERYTHING)
        self.seen.texts += 1
        path = self.page.url.split("?")[0].removeprefix(self.url)
        self.search(text, f"the page {path}", names_may_stand=path == "/studies")
        for said in _GUARD:
            if said in text:
                self.fault(f"“{said}” on the page {path}")
        named = await self.page.get_by_test_id("stSidebar").locator("p", has_text="Study:").first.text_content()
        if named != f"Study: {self.study}":
            self.fault(f"another study than its own is open on {path}: {named}")

    def button(self, label: str) -> Locator:
        """A button by its label."""
        return self.page.get_by_role("button", name=label, exact=True)

    async def one_of(self, found: Locator) -> Locator | None:
        """Any one of what is in sight."""
        there = await found.locator("visible=true").all()
        return self.rng.choice(there) if there else None

    async def to(self, title: str) -> None:
        """Choose a page by its title."""
        await self.page.get_by_test_id("stSidebarNavLink").filter(has_text=title).click()
        await self.page.locator("h1").first.filter(has_text=title).wait_for()

    async def any_page(self) -> bool:
        """Choose any page."""
        link = await self.one_of(self.page.get_by_test_id("stSidebarNavLink"))
        if link is None:
            return False
        await self.do("page", link.click)
        self.back_steps += 1
        return True

    async def any_option(self, boxes: Locator, kind: str) -> bool:
        """Choose any option of any of these select boxes."""
        box = await self.one_of(boxes)
        if box is None:
            return False
        await box.click()
        option = await self.one_of(self.page.get_by_role("option"))
        if option is None:
            await self.page.keyboard.press("Escape")
            return False
        await self.do(kind, option.click)
        return True

    async def any_part(self) -> bool:
        """Choose any part of Before and after."""
        if "/before_after" not in self.page.url:
            await self.do("page", lambda: self.to("Before and after"))
            self.back_steps += 1
        part = await self.one_of(self.page.locator('button[data-variant="segmented_control"]'))
        if part is None:
            return False
        await self.do("part", part.click)
        return True

    async def any_folded(self, which: str) -> bool:
        """Open any part that is folded away."""
        part = await self.one_of(self.page.locator(which))
        if part is None:
            return False
        await self.do("expander", part.click)
        return True

    async def any_download(self) -> bool:
        """Take any file, and read it."""
        buttons = self.page.get_by_test_id("stDownloadButton").get_by_role("button")
        if await self.one_of(buttons) is None:
            offered = 'details:not([open]) > summary:has-text("Downloads, and what is hidden outside")'
            if not await self.any_folded(offered):
                return False
            await buttons.first.wait_for()
        button = await self.one_of(buttons)
        if button is None:
            return False
        async with self.page.expect_download() as caught:
            await self.do("download", button.click)
        download = await caught.value
        data = Path(await download.path()).read_bytes()
        await download.delete()
        self.seen.files += 1
        self.search(data.decode(errors="replace"), "a downloaded file")
        return True

    async def refresh(self) -> bool:
        """Load the page again: a study that is kept is there again, and any other is begun anew."""
        await self.do("refresh", self.page.reload, study=self.study if self.keeps else _SAMPLE)
        self.back_steps = 0
        if not self.keeps:
            await self.begin()
        return True

    async def back(self) -> bool:
        """Go back to what was shown before, within what this window has shown since it was loaded."""
        if not self.back_steps:
            return False
        self.back_steps -= 1
        await self.do("back", self.page.go_back)
        return True

    async def note(self) -> bool:
        """Note another explanation, which is kept with the study and stands beside every change."""
        await self.do("page", lambda: self.to("Analysis plan"))
        self.back_steps += 1
        field_ = self.page.get_by_label("What could explain a change")
        await field_.fill(f"{self.canary.note} {self.rng.randrange(3)}")
        await self.do("typing", lambda: field_.press("Enter"))
        await self.do("note", self.button("Note this explanation").click)
        return True
