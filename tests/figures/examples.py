"""Charts of every form that the pages show, with invented numbers: for tests, and for a person to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Line, Mark, Panel, Point

KEYWORDS = (
    "optimistic",
    "useful",
    "relaxed",
    "dealing with problems",
    "interested in other people",
    "thinking clearly",
    "close to other people",
    "able to decide",
    "energy to spare",
    "unexpected events",
)
NEEDS = (
    "Accommodation",
    "Education, training and employability",
    "Financial management",
    "Relationships",
    "Lifestyle and associates",
    "Drug misuse",
    "Alcohol misuse",
    "Emotional well-being",
    "Thinking and behaviour",
    "Attitudes",
)
ANSWERS: Mapping[int, tuple[tuple[str, str], ...]] = {
    4: (
        ("answer_low_2", "Not at all true"),
        ("answer_low_1", "Hardly true"),
        ("answer_high_1", "Moderately true"),
        ("answer_high_2", "Exactly true"),
    ),
    5: (
        ("answer_low_2", "None of the time"),
        ("answer_low_1", "Rarely"),
        ("answer_middle", "Some of the time"),
        ("answer_high_1", "Often"),
        ("answer_high_2", "All of the time"),
    ),
    7: (
        ("answer_low_3", "Never"),
        ("answer_low_2", "Almost never"),
        ("answer_low_1", "Rarely"),
        ("answer_middle", "Sometimes"),
        ("answer_high_1", "Often"),
        ("answer_high_2", "Very often"),
        ("answer_high_3", "Always"),
    ),
}


def answers(steps: int = 5, people: int = 27) -> Chart:
    """Diverging stacked bars: one row an item, the middle answer over zero."""
    marks: list[Mark] = []
    for row in range(len(KEYWORDS)):
        marks += _answer_row(row, _split(people, steps, row), ANSWERS[steps])
    ticks = tuple((float(at), str(abs(at))) for at in range(-10, 21, 10))
    rows = tuple((float(len(KEYWORDS) - 1 - row), name) for row, name in enumerate(KEYWORDS))
    panel = Panel(Axis("Number of people", ticks=ticks), Axis("", ticks=rows), tuple(marks))
    return Chart((panel,), f"n = {people} people", "", ANSWERS[steps], height=40 + 14 * len(KEYWORDS))


def _split(people: int, steps: int, row: int) -> list[int]:
    """People spread over the answers, in another way in each row; some answers that nobody gave."""
    weights = [(step * 7 + row * 5 + step * row) % 6 for step in range(steps)]
    counts = [people * weight // (sum(weights) or 1) for weight in weights]
    counts[row % steps] += people - sum(counts)
    return counts


def _answer_row(row: int, counts: Sequence[int], kinds: tuple[tuple[str, str], ...]) -> list[Mark]:
    middle = len(counts) // 2
    left = sum(counts[:middle]) + (counts[middle] / 2 if len(counts) % 2 else 0)
    starts = [start - left for start in accumulate(counts, initial=0)]
    at = float(len(KEYWORDS) - 1 - row)
    return [
        Bar(at, start, start + count, kind, label=f"{KEYWORDS[row]}, {words}: {count}", inside=str(count), row=row)
        for start, count, (kind, words) in zip(starts[:-1], counts, kinds, strict=True)
        if count
    ]


def _steps(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """The corners of the cumulative share of `values`, from 0 to 100."""
    corners, share = [(0.0, 0.0)], 0.0
    for place, value in enumerate(sorted(values), start=1):
        corners.append((value, share))
        share = 100 * place / len(values)
        corners.append((value, share))
    return (*corners, (100.0, 100.0))


def curves() -> Chart:
    """Cumulative shares of the pilot and the caseload, the people as dots, and the two means below."""
    pilot = [20 + (at * 37 % 61) for at in range(27)]
    caseload = [5 + (at * 53 % 88) + (at % 7) / 7 for at in range(150)]
    marks: list[Mark] = [Line(_steps(caseload), "caseload", "Caseload"), Line(_steps(pilot), "pilot", "Pilot")]
    marks += [Point(float(value), -8.0, "person", f"{value} %", individual=True) for value in pilot]
    for at, kind, values, half in ((-22.0, "pilot", pilot, 7.1), (-36.0, "caseload", caseload, 3.9)):
        mean = sum(values) / len(values)
        marks.append(Interval(at, mean - half, mean + half, kind, "x"))
        marks.append(Point(mean, at, kind, text=f"{mean:.1f} (n = {len(values)})"))
    shares = tuple((float(share), f"{share} %") for share in range(0, 101, 25))
    ticks = (*shares, (-8.0, "Each person"), (-22.0, "Mean, pilot"), (-36.0, "Mean, caseload"))
    panel = Panel(
        Axis("OGRS4, two years (%)", 0, 100), Axis("Share of people at or below", -44, 104, ticks), tuple(marks)
    )
    legend = (("pilot", "Pilot"), ("caseload", "Caseload"))
    return Chart((panel,), "n = 27 of the pilot, 150 of the caseload", "", legend, height=170)


def needs() -> Chart:
    """Shares with a need, two dots with intervals in each row."""
    marks: list[Mark] = []
    for row in range(len(NEEDS)):
        at = float(len(NEEDS) - 1 - row)
        pilot, caseload = 82.0 - 8 * row, 60.0 - 2 * row
        for place, share, half, kind in ((at + 0.16, pilot, 17, "pilot"), (at - 0.16, caseload, 4, "caseload")):
            marks.append(Interval(place, max(share - half, 0), min(share + half, 100), kind, "x", row=row))
            text = f"{share:.0f} %" if kind == "pilot" else ""
            marks.append(Point(share, place, kind, f"{NEEDS[row]}: {share:.0f} %", text, row=row))
    rows = tuple((float(len(NEEDS) - 1 - row), name) for row, name in enumerate(NEEDS))
    panel = Panel(Axis("Share of people with the need (%)", 0, 100), Axis("", ticks=rows), tuple(marks))
    legend = (("pilot", "Pilot (n = 19 to 27)"), ("caseload", "Caseload (n = 9,812)"))
    return Chart((panel,), "n = 27 people of the pilot", "", legend, height=50 + 18 * len(NEEDS))


def scores() -> Chart:
    """Scores before and after as piled dots, each row with its mean, and a published norm."""
    marks: list[Mark] = [
        Band(19.6, 27.4, "x", label="England 2010–2013: one SD on each side, 19.6 to 27.4"),
        Band(23.5, 23.5, "x", label="England 2010–2013: mean 23.5"),
    ]
    for row, (kind, move) in enumerate((("post", 1.4), ("pre", 0.0))):
        piled: dict[int, int] = {}
        values = [12 + (at * 11 % 19) // (1 + at % 2) + round(move) for at in range(27)]
        for value in values:
            piled[value] = piled.get(value, 0) + 1
            height = row + 0.09 * piled[value]
            marks.append(Point(float(value), height, "person", str(value), individual=True))
        mean = sum(values) / len(values)
        marks.append(Interval(row - 0.12, mean - 1.9, mean + 1.9, kind, "x"))
        marks.append(Point(mean, row - 0.12, kind, text=f"{mean:.1f} (n = 27)"))
    panel = Panel(Axis("SWEMWBS (points)", 7, 35), Axis("", ticks=((0.0, "After"), (1.0, "Before"))), tuple(marks))
    return Chart((panel,), "Service users: n = 27 before, 27 after", "", height=130)


def counts() -> Chart:
    """Lying bars with the count beyond the end."""
    rows = tuple(zip(NEEDS, (18, 11, 7, 3, 0), strict=False))
    marks = tuple(Bar(4.0 - at, 0, float(count), "pilot", text=f"{count} of 18") for at, (_, count) in enumerate(rows))
    ticks = tuple((4.0 - at, name) for at, (name, _) in enumerate(rows))
    return Chart((Panel(Axis("Number of people"), Axis("", ticks=ticks), marks),), "n = 18 people", "", height=100)


def number_of_needs() -> Chart:
    """Upright bars of the pilot and the caseload, side by side."""
    pilot, caseload = (4, 7, 11, 15, 22, 19, 11, 7, 4), (9, 13, 16, 17, 15, 12, 9, 6, 3)
    marks = [
        Bar(number + side * 0.2, 0, float(share), kind, "y", text=f"{share} %", width=0.4)
        for side, kind, shares in ((-1, "pilot", pilot), (1, "caseload", caseload))
        for number, share in enumerate(shares)
    ]
    ticks = tuple((float(number), str(number)) for number in range(9))
    panel = Panel(Axis("Number of needs, of 8 sections", ticks=ticks), Axis("Share of people (%)", low=0), tuple(marks))
    legend = (("pilot", "Pilot (n = 27)"), ("caseload", "Caseload (n = 9,812)"))
    return Chart((panel,), "n = 27 people of the pilot", "", legend, height=110)


EXAMPLES: Mapping[str, Callable[[], Chart]] = {
    "answers-4": lambda: answers(4),
    "answers-5": lambda: answers(5),
    "answers-7": lambda: answers(7),
    "curves": curves,
    "needs": needs,
    "scores": scores,
    "counts": counts,
    "number-of-needs": number_of_needs,
}
