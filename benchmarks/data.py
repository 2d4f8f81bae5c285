"""Scoring, the sample study, findings, an upload of a pilot's files, and a large caseload."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

import evalcore
from benchmarks.measuring import ROOT, Line, median_seconds, seconds
from evalcore.findings import PEOPLE_KINDS, build
from evalcore.findings.people import People
from evalcore.instruments import load_instrument

_SAMPLE = ROOT / "sample_data"
_SCORED_ROWS = 200_000
_CASELOAD_ROWS = 250_000


def lines() -> Iterator[Line]:
    """Lines of the table."""
    yield from (_scoring(name) for name in evalcore.list_instruments())
    yield _reading_the_sample()
    yield _findings()
    yield _upload()
    yield from _caseload()


def _scoring(instrument: str) -> Line:
    columns = load_instrument(instrument).columns
    codes = load_instrument(instrument).codes
    drawn = np.random.default_rng(0).integers(codes[0], codes[-1] + 1, size=(_SCORED_ROWS, len(columns)))
    answers = drawn.astype(np.float64)
    responses = pd.DataFrame(answers, columns=list(columns))
    responses.insert(0, "respondent_id", np.arange(_SCORED_ROWS).astype(str))
    responses.insert(1, "wave", "pre")
    scales = load_instrument(instrument).scales.values()
    places = [[columns.index(item) for item in scale.items] for scale in scales]
    # One sum for each scale, as each scale is a score of its own; all items at once need no selection.
    parts = [answers if len(place) == len(columns) else answers[:, place] for place in places]
    bare = median_seconds(lambda: [part.sum(axis=1) for part in parts], 9)
    scored = median_seconds(lambda: evalcore.score(responses, instrument), 5)
    remark = (
        f"{1000 * scored:.1f} ms for {len(scales)} scale{'s' if len(scales) > 1 else ''} against {1000 * bare:.1f} ms"
    )
    name = f"Scoring {instrument}, {_SCORED_ROWS:,} rows, against a row sum a scale"
    return Line(name, 10, scored / bare, "times", remark)


def _reading_the_sample() -> Line:
    return Line("Sample study read", 0.7, median_seconds(evalcore.sample_study.__wrapped__, 5))


def _findings() -> Line:
    study = evalcore.sample_study()
    found = evalcore.findings_for(study)
    return Line(
        "All findings of the sample study",
        1.0,
        median_seconds(lambda: evalcore.findings_for(study), 5),
        remark=f"{len(found)} findings",
    )


def _upload() -> Line:
    content = (_SAMPLE / "responses.csv").read_bytes()

    def upload() -> None:
        study = evalcore.Study.empty().add(evalcore.read_questionnaires(content, name="responses.csv"))
        evalcore.findings_for(study)[0].sentence.strip()

    return Line("Upload of a pilot file to all its findings", 1.0, median_seconds(upload, 5))


def _caseload() -> Iterator[Line]:
    known = pd.read_csv(_SAMPLE / "caseload.csv", dtype="str", keep_default_na=False)
    large = pd.concat([known] * (_CASELOAD_ROWS // len(known) + 1), ignore_index=True).head(_CASELOAD_ROWS)
    large["respondent_id"] = [f"C{i:06d}" for i in range(_CASELOAD_ROWS)]
    content = large.to_csv(index=False).encode()
    sample = evalcore.sample_study()
    small = [intake for intake in sample.intakes if intake.kind != "caseload"]
    read: list[float] = []
    profiled: list[float] = []

    def upload() -> None:
        intake = None

        def reading() -> None:
            nonlocal intake
            intake = evalcore.read_caseload(content, name="caseload.csv")

        read.append(seconds(reading))
        assert intake is not None
        study = evalcore.Study.empty().add(*small, intake)
        study.fingerprint.strip()
        people = People(study)
        profiled.append(seconds(lambda: [build(kind, study, people=people) for kind in PEOPLE_KINDS]))

    taken = median_seconds(upload, 3)
    middle = [sorted(times)[len(times) // 2] for times in (read, profiled)]
    remark = f"{len(content) / 1e6:.0f} MB; reading {middle[0]:.2f} s of it, the profile {middle[1]:.2f} s"
    yield Line(f"Caseload of {_CASELOAD_ROWS:,} rows: upload to the findings about people", 3.0, taken, remark=remark)
