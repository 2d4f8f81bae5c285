"""The description of the count as SQL, run by a database over the rows of an upload, gives the same counts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from evalcore.columns import PEOPLE, TALLY
from evalcore.profile.caseload import caseload_without
from evalcore.profile.counting import counting_sql
from tests.profile.counted_rows import counted_from
from tests.profile.counting.files import drawn, uploaded


@pytest.mark.parametrize("seed", range(3))
def test_the_statements_give_the_counts(tmp_path: Path, seed: int) -> None:
    content = drawn(seed, 150).to_csv(index=False).encode()
    (tmp_path / "caseload.csv").write_bytes(content)
    study = uploaded(content)
    caseload, _ = caseload_without(study.cases, study.caseload)
    wanted = counted_from(study.caseload, study.cases)
    database = duckdb.connect()
    database.register("caseload", caseload.astype(dict.fromkeys(caseload.select_dtypes("str"), "object")))
    view, *statements = counting_sql(tmp_path / "caseload.csv").split("\n-- ")
    database.execute(view.removesuffix(";"))
    for statement in statements:
        tally, _, sql = statement.partition("\n")
        found = database.execute(sql.removesuffix(";")).df()
        rows = wanted[wanted[TALLY] == tally]
        assert sorted(found[PEOPLE]) == sorted(rows[PEOPLE]), tally
        for name in found.columns.intersection(rows.columns).difference([PEOPLE]):
            numbers = [
                pd.to_numeric(one[name].astype("object"), errors="coerce").fillna(-1) * one[PEOPLE]
                for one in (found, rows)
            ]
            assert numbers[0].sum() == pytest.approx(numbers[1].sum()), (tally, name)
