"""Every row of a file as a few small numbers: which text stands in each column, and a hash of who it is about.

One reading of the file. Rows with a text that has no number yet, and rows that may be about somebody of the pilot, are
looked at one by one afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evalcore.errors import EvalcoreError
from evalcore.intake.files.raw import tidy
from evalcore.profile.counting.cells import (
    bare_identifier,
    cleaned_identifier,
    is_plain,
    may_be_words,
    mostly_without_digits,
)
from evalcore.profile.counting.coded_copy import coded_beforehand
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.dictionary import Dictionary, first_dictionary, most_of, number_texts
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.profile.counting.odd import more_texts, number_of_odd, settle
from evalcore.profile.counting.rows import Rows, collect_strays, rows_of, stray_table
from evalcore.profile.counting.source import CaseloadFile

_MOST_ODD = 300_000
_ATTEMPTS = 3
_TOO_ODD = (
    "The columns of the file hold so many different texts that they can not be counted. Check that the heading line "
    "names the right columns."
)


def coded(engine: Engine, file: CaseloadFile, layout: Layout, pilot: Sequence[str]) -> Coded:
    """Read the file and code its rows; `pilot` are the bare identifiers of people to look at one by one."""
    _name_pilot(engine, pilot)
    ready = coded_beforehand(engine, file, layout)
    if ready is not None:
        return ready
    wanted = (*layout.coded, *(() if layout.identifier is None else (layout.identifier,)))
    rows = rows_of(engine, file, wanted)
    dictionary = first_dictionary(engine, file, layout, rows)
    for _ in range(_ATTEMPTS):
        found = Coded(layout, rows, dictionary)
        _read(engine, file, found)
        if number_of_odd(engine) <= _MOST_ODD:
            settle(engine, file, found)
            return replace(found, layout=_without(layout, dictionary, rows))
        dictionary.add(more_texts(engine, found), {at: most_of(layout.name_of(at)) for at in dictionary.texts})
        engine.run("DROP TABLE coded")
        rows = rows_of(engine, file, wanted)
    raise EvalcoreError(_TOO_ODD)


def _name_pilot(engine: Engine, pilot: Sequence[str]) -> None:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    engine.give("names", pa.table({"name": pa.array(pilot, pa.string())}))


def _read(engine: Engine, file: CaseloadFile, found: Coded) -> None:
    number_texts(engine, found.dictionary)
    engine.run(f"CREATE TEMP TABLE coded AS {select_codes(file, found, found.rows.relation)}", found.rows.values)
    collect_strays(engine, file, found.rows)
    if found.rows.strays:
        engine.give("strays", stray_table(found.rows, len(file.head.header)))
        engine.run(f"INSERT INTO coded {select_codes(file, found, 'strays')}")


def select_codes(file: CaseloadFile, found: Coded, relation: str) -> str:
    """The statement that codes rows. Of a row with something odd the texts themselves are given, too."""
    cells = [f"{found.dictionary.cells[at]} AS x{at}" for at in found.places]
    codes = [f"{found.dictionary.code(at, by_place=file.text is None)} AS k{at}" for at in found.places]
    names = [f"k{at}" for at in found.places]
    texts = [f"x{at}" for at in found.places]
    odd = [f"(x{at} IS NOT NULL AND k{at} IS NULL)" for at in found.places if at not in found.dictionary.complete]
    at_id = found.layout.identifier
    if at_id is None:
        who, read = "NULL::UTINYINT", f"SELECT {', '.join(cells)}, NULL::VARCHAR AS id FROM {relation}"
    elif file.sure:
        who = "1::UTINYINT"
        odd.append("bare IN (SELECT name FROM names)")
        read = f"SELECT {', '.join(cells)}, c{at_id} AS id, lower(c{at_id}) AS bare FROM {relation}"
    else:
        who = "CASE WHEN id IS NOT NULL THEN hash(id) END"
        digits = not mostly_without_digits([tidy(text) for text in file.head.columns[at_id].texts])
        odd.append("coalesce(bare IN (SELECT name FROM names), false)")
        if digits:
            odd.append(f"(NOT plain AND {may_be_words('id')})")
        cleaned = f"CASE WHEN plain THEN c{at_id} ELSE {cleaned_identifier(f'c{at_id}')} END AS id"
        known = f"SELECT *, {is_plain(f'c{at_id}')} AS plain FROM {relation}"
        cleaned_too = f"SELECT {', '.join([*cells, cleaned, 'plain'])} FROM ({known})"
        read = f"SELECT *, {bare_identifier('id', 'plain')} AS bare FROM ({cleaned_too})"
    all_texts = f"[{', '.join(['id', *texts])}]"
    told = f", CASE WHEN {' OR '.join(odd)} THEN {all_texts} END AS odd" if odd else ""
    return f"SELECT {', '.join([f'{who} AS who', *names])}{told} FROM (SELECT {', '.join(['*', *codes])} FROM ({read}))"


def _without(layout: Layout, dictionary: Dictionary, rows: Rows) -> Layout:
    """The layout without the columns that could not be counted."""
    gone = {*dictionary.too_many, *rows.unread}
    counted = {name: at for name, at in layout.counted.items() if at not in gone}
    items = {section: tuple(one for one in names if one in counted) for section, names in layout.items.items()}
    births = None if layout.births in gone else layout.births
    return replace(layout, counted=counted, items={s: n for s, n in items.items() if n}, births=births)
