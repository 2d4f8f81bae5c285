"""The pages of a phone: nothing that came from elsewhere is markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from evalcore.phones.server.pages import Page, Pages
from evalcore.phones.server.poll import Question, Said, View
from evalcore.telling.reactions import ANSWERS, MOST_COMMENT, STAKEHOLDERS

HOSTILE = "\"><script>alert('x')</script></textarea><img src=x onerror=alert(1)>&lt;{0}%s</title>"


@pytest.fixture
def pages() -> Pages:
    return Pages("/k7m2pq", STAKEHOLDERS, ANSWERS, MOST_COMMENT)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}


def tags(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


def view(text: str = "Text", said: Said | None = None) -> View:
    return View(3, Question(text, 1, text, text), "1", "managers", said)


def test_no_text_becomes_markup(pages: Pages) -> None:
    plain = tags(pages.written(pages.asking(view(), Said("agree", "Text"), "Text"), "nonce"))
    hostile = tags(pages.written(pages.asking(view(HOSTILE), Said("agree", HOSTILE), HOSTILE), "nonce"))
    assert hostile.seen == plain.seen
    assert hostile.attributes == plain.attributes
    assert plain.seen.count("script") == 1
    notice = pages.written(pages.notice(HOSTILE, HOSTILE), "nonce")
    assert tags(notice).seen == tags(pages.written(pages.notice("Text", "Text"), "nonce")).seen


def test_what_was_typed_stands_in_the_form_again(pages: Pages) -> None:
    html = pages.asking(view(), Said("partly", "So & so"), "Not sent yet.").body
    assert 'value="partly" required checked' in html
    assert "So &amp; so</textarea>" in html
    assert 'role="alert">Not sent yet.' in html
    assert 'aria-describedby="hint fault"' in html


def test_an_answer_that_came_in_is_confirmed(pages: Pages) -> None:
    with_comment = pages.of(view(said=Said("cannot_say", "Well")))
    assert "Your answer and your comment came in: Cannot say." in with_comment.body
    assert with_comment.title == "Answer taken: Question 1, Text"
    assert "Your answer came in: Agree." in pages.of(view(said=Said("agree", ""))).body
    assert "came in" not in pages.of(view()).body


def test_without_a_question_phones_wait(pages: Pages) -> None:
    nothing = View(4, None, "", "managers", None)
    assert "Wait for the next question" in pages.of(nothing).body
    assert pages.asking(nothing, Said("", "")) == pages.of(nothing)


def test_a_question_without_words_is_asked_in_ours(pages: Pages) -> None:
    assert "<legend>What do you say to this?</legend>" in pages.of(view("")).body


def test_every_page_says_what_is_kept_and_is_small(pages: Pages) -> None:
    long = view("W" * 300, Said("agree", "&" * MOST_COMMENT))
    written = [
        pages.written(page, "nonce")
        for page in (
            pages.choice_of_group(),
            pages.choice_of_group("managers", "Choose one."),
            pages.of(long),
            pages.of(View(4, None, "", "managers", None)),
            pages.notice("Title", "Sentence."),
        )
    ]
    assert all("No name is asked for" in html and "please name nobody" in html for html in written)
    assert all('<html lang="en-GB">' in html and html.count("<h1>") == 1 for html in written)
    assert all(len(html.encode()) < 12_000 for html in written)
    assert not any("http" in html for html in written)


def test_only_pages_that_show_a_question_follow(pages: Pages) -> None:
    assert "<script" not in pages.written(pages.choice_of_group(), "nonce")
    assert 'data-stamp="3"' in pages.written(pages.of(view()), "nonce")
    assert "data-stamp" not in pages.written(Page("Title", ""), "nonce")
