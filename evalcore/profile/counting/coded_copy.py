"""A columnar copy whose rows are numbers already: nothing is read of it but the rows of the pilot."""

from __future__ import annotations

from evalcore.intake.headings.heading import RECORD_STATUS
from evalcore.profile.counting.cells import listed, may_be_shortened, shortened
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.copy_mark import CopyMark
from evalcore.profile.counting.dictionary import LONGEST, Dictionary, most_of
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.profile.counting.rows import Rows
from evalcore.profile.counting.source import CaseloadFile


def coded_beforehand(engine: Engine, file: CaseloadFile, layout: Layout) -> Coded | None:
    """Show the rows of a copy as `coded`; None where they have to be read as those of any other file.

    The table `names` of bare identifiers of people to look at is there already.
    """
    mark, at_id = file.mark, layout.identifier
    if mark is None or at_id is None or not file.sure or not _as_they_stand(engine, file, mark, layout):
        return None
    texts = {at: list(mark.texts[at] or ()) for at in layout.coded}
    cells = {at: f"c{at}" for at in texts}
    found = Coded(layout, Rows("coded", ()), Dictionary(cells, texts, complete=set(texts)))
    source = f"read_parquet({listed([str(file.path)])})"
    # Names as they stand in the file: their column's smallest and largest tell which parts need not be read.
    pilot = f"c{at_id} IN (SELECT name FROM names UNION SELECT upper(name) FROM names)"
    rows = engine.rows(f"SELECT {', '.join([f'c{at_id}', *cells.values()])} FROM {source} WHERE {pilot}")
    found.suspects = [(str(identifier), 1, tuple(codes)) for identifier, *codes in rows]
    shown = ", ".join(["1::UTINYINT AS who", *(f"{cell} AS k{at}" for at, cell in cells.items())])
    if layout.births is None and not layout.items and RECORD_STATUS not in layout.counted:
        found.n = {at: list(mark.n[at]) for at in found.places}
        engine.run(f"CREATE TEMP VIEW coded AS SELECT {shown} FROM {source}")
    else:
        engine.run(f"CREATE TEMP TABLE coded AS SELECT {shown} FROM {source} WHERE NOT ({pilot})")
    found.n_rows = int(engine.rows(f"SELECT count(*) FROM {source}")[0][0])
    return found


def _as_they_stand(engine: Engine, file: CaseloadFile, mark: CopyMark, layout: Layout) -> bool:
    """Whether every text of the columns that are counted is counted as it stands."""
    for at in layout.coded:
        texts, name = mark.texts[at], layout.name_of(at)
        if texts is None or len(texts) > most_of(name):
            return False
        again = file.head.header[at].strip().casefold()
        if any(len(text) > LONGEST or text.strip().casefold() == again for text in texts):
            return False
        if texts and may_be_shortened(name) and _are_shortened(engine, texts, name):
            return False
    return True


def _are_shortened(engine: Engine, texts: tuple[str, ...], name: str) -> bool:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    engine.give("texts", pa.table({"text": pa.array(texts, pa.string())}))
    return bool(engine.rows(f"SELECT 1 FROM texts WHERE {shortened('text', name)} IS DISTINCT FROM text LIMIT 1"))
