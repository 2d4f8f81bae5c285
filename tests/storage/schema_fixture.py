"""Writes the database of today's schema that stays among the fixtures: python -m tests.storage.schema_fixture

Run once for each new schema, never again for one that was released; the number is in the files' names.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from evalcore.decisions import KeepAnswer
from evalcore.plan.plan import Outcome
from evalcore.plan.rivals import Rival
from evalcore.storage.folder import DATABASE
from evalcore.storage.schema import MIGRATIONS
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, WEDNESDAY, left, pilot, with_after, with_roster

FIXTURES = Path(__file__).parent / "fixtures"


def write(folder: Path) -> None:
    """Write the database, and beside it what must be found in it."""
    with TemporaryDirectory() as made:
        store = Store.in_folder(Path(made))
        kept = store.keep(pilot(), at=MONDAY, view={"role": "staff"})
        later = (
            with_after(pilot()).decide(KeepAnswer("neither", "B2", "staff", "pre")).note_rival(Rival("A new office"))
        )
        later = later.fix_plan([Outcome("gse.total.people")], at=TUESDAY).record(left(1))
        store.save(kept, later, after=1, at=TUESDAY, note="after the visit")
        store.save(kept, with_roster(store.open(kept)).record(left(2)), after=2, at=WEDNESDAY)
        store.set_age(kept, 365)
        told = {
            "name": store.entries()[0].name,
            "delete_after_days": store.entries()[0].delete_after_days,
            "changed": [one.changed for one in store.versions(kept)],
            "exports": store.head(kept).exports,
            "view": store.view(kept),
            "versions": {str(number): _said(store, kept, number) for number in (1, 2, 3)},
        }
        file = folder / f"schema-{len(MIGRATIONS)}.sqlite"
        file.write_bytes((Path(made) / DATABASE).read_bytes())
        file.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _said(store: Store, kept: str, number: int) -> dict[str, object]:
    study = store.open(kept, number)
    return {"answers": len(study.responses), "files": [one.name for one in study.intakes]}


if __name__ == "__main__":
    write(FIXTURES)
