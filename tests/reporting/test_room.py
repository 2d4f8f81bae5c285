"""The screen in front of a room: nothing before it is revealed, every text escaped, tallies by the rule."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from evalcore.reporting.room import Stage, asked_of, stage_html
from evalcore.telling import Expectation, Reactions, Tally
from tests.reporting.studies import told_sample

HOSTILE = '<script>alert("x")</script>&\u2028'


def stage(finding: str = "change.gse.total.service-users", **given) -> Stage:
    return Stage(told_sample().exhibits[finding], 2, 7, **given)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_of_a_result_stands_on_the_screen_before_it_is_revealed() -> None:
    for finding, exhibit in told_sample().exhibits.items():
        page = stage_html(stage(finding, revealed=False, pictures=("<svg/>",)))
        assert exhibit.title not in page
        assert exhibit.sentence not in page
        assert "<img" not in page
        asked = asked_of(finding)
        if asked is not None:
            assert asked.question.replace("'", "&#x27;") in page


def test_what_is_shown_says_its_title_its_caution_and_what_is_hidden() -> None:
    exhibit = told_sample().exhibits["needs.people"]
    page = stage_html(stage("needs.people", pictures=("<svg/>", "<svg/>")))
    tags = Tags(page).found
    assert [tag for tag, _ in tags].count("h1") == 1
    assert exhibit.title in page
    assert "Small numbers are hidden." in page
    pictures = [attributes for tag, attributes in tags if tag == "img"]
    assert len(pictures) == 2
    assert all(one["alt"] == exhibit.sentence for one in pictures)
    assert all(one["src"].startswith("data:image/svg+xml;base64,") for one in pictures)
    assert "Screen 2 of 7" in page


def test_every_text_is_escaped() -> None:
    words = dict.fromkeys(("title", "sentence", "caution", "message", "question", "label"), HOSTILE)
    exhibit = replace(told_sample().exhibits["needs.people"], **words)
    for revealed in (True, False):
        page = stage_html(Stage(exhibit, 1, 1, revealed=revealed, pictures=("<svg/>",)))
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_expectation_is_drawn_in_words_before_and_after() -> None:
    expected = Expectation("higher", 2.0)
    assert "The room expects: Higher; a difference of 2 would matter" in stage_html(
        stage(revealed=False, expectation=expected)
    )
    assert "The room expected: Higher; a difference of 2 would matter" in stage_html(stage(expectation=expected))


def test_while_answers_come_in_no_group_stands_alone() -> None:
    said = Reactions((Tally("practitioners", agree=9), Tally("managers", disagree=6)))
    live = stage_html(stage(reactions=said, live=True))
    after = stage_html(stage(reactions=said))
    assert "All groups together" in live
    assert "Managers" not in live
    assert "Managers" in after
    assert "15 answers" in live
    alone = Reactions((Tally("managers", disagree=6),))
    assert "Managers" not in stage_html(stage(reactions=alone, live=True))


def test_few_answers_are_not_shown() -> None:
    page = stage_html(stage(reactions=Reactions((Tally("managers", disagree=4),))))
    assert "4 answers: shown from 5 on." in page
    assert "<table" not in page


def test_a_rehearsal_says_so() -> None:
    assert "Rehearsal: nothing is recorded" in stage_html(stage(rehearsal=True))
    assert "Rehearsal" not in stage_html(stage())


def test_nothing_comes_from_the_network() -> None:
    page = stage_html(stage(pictures=("<svg/>",), dark=True))
    assert "http" not in page
    assert "url(" not in page
    assert 'class="room-stage dark"' in page
