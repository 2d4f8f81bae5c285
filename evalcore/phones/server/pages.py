"""The pages that a phone gets. Every text that is not written here is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from .poll import Said, View

_HERE = Path(__file__).parent
STYLE = (_HERE / "page.css").read_text(encoding="utf-8")
SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")

KEPT = """<footer><h2>What is kept</h2>
<p>Your group, your answer and your comment. No name is asked for, and none is kept. Comments may be read out in the
room and may stand in the report, so please name nobody.</p>
<p>A cookie with a random number lets you change an answer; it says nothing about you. Nothing here is encrypted: others
on this network could read what you send.</p></footer>"""


@dataclass(frozen=True, repr=False)
class Page:
    """One page: its title, what stands in it, and the stamp of what it shows if it should go on by itself."""

    title: str
    body: str
    stamp: int | None = None


class Pages:
    """All pages of one room; `home` is the path of its link."""

    def __init__(self, home: str, groups: Mapping[str, str], answers: Mapping[str, str], most_comment: int) -> None:
        self.home = home
        self.most_comment = most_comment
        self._groups = groups
        self._answers = answers

    def written(self, page: Page, nonce: str) -> str:
        """Return the whole page as HTML; `nonce` lets its own style and script run, and no other."""
        follows = page.stamp is not None
        script = f'<script nonce="{nonce}">{SCRIPT}</script>' if follows else ""
        data = f' data-home="{escape(self.home)}" data-stamp="{page.stamp}"' if follows else ""
        return (
            '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{escape(page.title)}</title><style nonce="{nonce}">{STYLE}</style></head>'
            f'<body{data}><main>{page.body}<p id="news" role="status"></p>{KEPT}</main>{script}</body></html>'
        )

    def choice_of_group(self, group: str | None = None, fault: str = "") -> Page:
        """Which group somebody belongs to; one tap."""
        buttons = "".join(
            f'<button class="choice" name="group" value="{escape(word)}">{escape(name)}</button>'
            for word, name in self._groups.items()
        )
        now = f"<p>So far: {escape(self._groups[group])}.</p>" if group else ""
        body = (
            f'<p class="where">Questions about the findings</p>{_fault(fault)}'
            f'<form method="post" action="{escape(self.home)}/group">'
            f"<fieldset><legend><h1>Which group are you in?</h1></legend>{now}{buttons}</fieldset></form>"
        )
        return Page("Which group are you in?", body)

    def of(self, view: View) -> Page:
        """Return the page of a phone that has said its group: the question that is open, or that none is."""
        if view.question is None:
            body = (
                '<p class="where">No question is open</p><h1>Wait for the next question</h1>'
                "<p>This page goes on by itself. If it does not, tap the button.</p>"
                f'<p><a class="button" href="{escape(self.home)}">Look again</a></p>{self._group(view)}'
            )
            return Page("Wait for the next question", body, view.stamp)
        return self.asking(view, view.said or Said("", ""))

    def asking(self, view: View, filled: Said, fault: str = "") -> Page:
        """Return the form of the question that is open, with what stands in it and what is wrong with it."""
        if view.question is None:
            return self.of(view)
        where = f"Question {escape(str(view.question.number))}"
        taken = self._taken(view) if not fault else ""
        choices = "".join(self._choice(word, filled.answer == word) for word in self._answers)
        asked = view.question.question or "What do you say to this?"
        body = (
            f'{taken}{_fault(fault)}<p class="where">{where}</p><h1>{escape(view.question.title)}</h1>'
            f'<form method="post" action="{escape(self.home)}/answer">'
            f'<input type="hidden" name="question" value="{escape(view.key)}">'
            f"<fieldset><legend>{escape(asked)}</legend>{choices}</fieldset>"
            '<label for="comment">A comment, if you like</label>'
            f'<p id="hint">It may be read out: please name nobody. At most {self.most_comment} characters.</p>'
            f'<textarea id="comment" name="comment" rows="3" maxlength="{self.most_comment}" autocomplete="off"'
            f' aria-describedby="hint{" fault" if fault else ""}">{escape(filled.comment)}</textarea>'
            f'<button class="button">{"Change my answer" if view.said else "Send my answer"}</button></form>'
            f"{self._group(view)}"
        )
        begins = "Not sent: " if fault else "Answer taken: " if view.said else ""
        return Page(f"{begins}{where}, {view.question.title}", body, view.stamp)

    def notice(self, title: str, sentence: str, *, home: bool = True) -> Page:
        """Return a page that says why something was not done."""
        link = f'<p><a class="button" href="{escape(self.home)}">Go to the questions</a></p>' if home else ""
        return Page(title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>{link}")

    def _choice(self, word: str, chosen: bool) -> str:
        return (
            f'<label class="choice"><input type="radio" name="answer" value="{escape(word)}" required'
            f"{' checked' if chosen else ''}>{escape(self._answers[word])}</label>"
        )

    def _taken(self, view: View) -> str:
        if view.said is None:
            return ""
        also = " and your comment" if view.said.comment else ""
        answer = escape(self._answers[view.said.answer])
        return (
            f'<p class="taken"><strong>Your answer{also} came in: {answer}.</strong> '
            "You can change it while the question is open.</p>"
        )

    def _group(self, view: View) -> str:
        name = escape(self._groups.get(view.group or "", ""))
        return f'<p>Your group: {name}. <a href="{escape(self.home)}/group">Change the group</a></p>'


def _fault(fault: str) -> str:
    return f'<p class="fault" id="fault" role="alert">{escape(fault)}</p>' if fault else ""
