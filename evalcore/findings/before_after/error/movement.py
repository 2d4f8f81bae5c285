"""Movement between published bands: how many people stood in which band before, and in which after."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE, POST, PRE
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.error.judged import Mask, both, counted_groups
from evalcore.findings.before_after.error.sources import change_rules
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.measures import Measure
from evalcore.instruments import load_instrument
from evalcore.methods import cited, definition
from evalcore.outcomes.pairs import Pairs
from evalcore.rules import BandScheme, band, load_band_scheme
from evalcore.rules.source import UNVERIFIED
from evalcore.wording import count, joined

_NO_BANDS = "A band is a cut-point that somebody published and that may be shown; none is made up here."
_CAUTION = (
    "A move across a border can be a fraction of a point, less than the questionnaire's own error; and a large change"
    " inside one band is no move."
)


def schemes_of(measure: Measure) -> tuple[BandScheme, ...]:
    """The schemes between whose bands movement may be counted, those that were read in a source first.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.sample import sample_study
    >>> [scheme.id for scheme in schemes_of(measures(sample_study(), "service user")[1])]
    ['swemwbs_one_sd']
    """
    allowed = (name for name, why_not in change_rules(measure.instrument).bands.items() if not why_not)
    found = [scheme for scheme in map(load_band_scheme, allowed) if measure.scale in scheme.cuts]
    return tuple(sorted(found, key=lambda scheme: not scheme.source.may_be_default))


def movement_finding(basis: Basis, scheme: str | None = None) -> Finding:
    """A table of the matched people: band before by band after.

    Parameters
    ----------
    basis : Basis
    scheme : str, optional
        Identifier of one of `schemes_of(basis.measure)`; by default the one that scores carry, and none where that was
        not read in a source. Bands that speak of depression are not among them: nobody is put into one.

    Raises
    ------
    UnknownNameError
        If the measure has no such scheme; the message lists those there are.
    """
    offered = {one.id: one for one in schemes_of(basis.measure)}
    if scheme is not None and scheme not in offered:
        known = f"There are: {', '.join(offered)}." if offered else "There is none."
        raise UnknownNameError(f"{basis.measure.short_name} has no bands {scheme!r} to move between. {known}")
    chosen = offered.get(scheme or load_instrument(basis.measure.instrument).default_band_scheme)
    if chosen is None:
        return _without(basis, _why_not(basis))
    if not len(basis.pairs.matched):
        return _without(
            basis, f"Nobody among the {basis.who} has a {basis.measure.short_name} score both before and after."
        )
    return _finding(basis, chosen)


def _why_not(basis: Basis) -> str:
    """Why there are no bands to move between."""
    name = basis.measure.short_name
    why = change_rules(basis.measure.instrument).no_bands
    return f"No published bands of the {name} are used here unasked. {why}".strip()


def _masks(scheme: BandScheme, scale: str, pairs: Pairs) -> dict[str, Mask]:
    """For each cell of the table who is in it."""
    codes = [band(pairs.matched[wave].to_numpy(dtype=float), scheme, scale=scale).codes for wave in (PRE, POST)]
    places = product(range(len(scheme.bands)), repeat=2)
    return {_key(scheme, row, place): (codes[0] == row) & (codes[1] == place) for row, place in places}


def _key(scheme: BandScheme, before: int, after: int) -> str:
    return f"{scheme.id}: {scheme.bands[before]} before, {scheme.bands[after]} after"


def _finding(basis: Basis, scheme: BandScheme) -> Finding:
    masks = _masks(scheme, basis.measure.scale, basis.pairs)
    n = {key: int(mask.sum()) for key, mask in masks.items()}
    measures = {key: f"band in {basis.measure.key}, {key}" for key in masks}
    groups = counted_groups(basis, measures, lambda pairs: _masks(scheme, basis.measure.scale, pairs))
    title, sentence = _words(basis, scheme, n)
    marked = "Unverified: the borders of these bands were not seen in a source." if _unverified(scheme) else ""
    caution = " ".join(dict.fromkeys(part for part in (marked, scheme.caution, _CAUTION) if part))
    about = f"{basis.measure.short_name}, {basis.who}: movement between published bands"
    shared = "How many people moved from which band to which stands in the table, as far as it may be shown."
    return Finding(
        id=basis.finding_id("movement"),
        title=title,
        sentence=sentence,
        caution=caution,
        chart=None,
        table=_table(scheme, n),
        columns=_columns(scheme),
        groups={**basis.groups, **groups},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("movement"),
        outside=OutsideForm("", about, f"{shared} {_bands(scheme)}", caution, None),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=_topic(basis),
    )


def _topic(basis: Basis) -> str:
    return f"Movement between bands: {basis.topic}"


def _unverified(scheme: BandScheme) -> bool:
    return scheme.source.standing == UNVERIFIED


def _bands(scheme: BandScheme) -> str:
    return f"Bands {joined(scheme.bands)}: {scheme.label}; {cited(scheme.source)}."


def _words(basis: Basis, scheme: BandScheme, n: Mapping[str, int]) -> tuple[str, str]:
    table = np.array(list(n.values())).reshape(len(scheme.bands), -1)
    total, up, down = int(table.sum()), int(np.triu(table, 1).sum()), int(np.tril(table, -1).sum())
    same = total - up - down
    name = basis.measure.short_name
    title = f"{name}, {basis.who}: {up:,} of {total:,} in a higher band after, {down:,} in a lower one"
    people = f"{count(total, 'person', 'people')} {'has' if total == 1 else 'have'}"
    moved = (
        f"{up or 'none':{',' if up else ''}} stood in a higher band after than before,"
        f" {same or 'none':{',' if same else ''}} in the same, {down or 'none':{',' if down else ''}} in a lower one"
    )
    return title, f"Among the {basis.who}, {people} a {name} score before and after: {moved}. {_bands(scheme)}"


def _table(scheme: BandScheme, n: Mapping[str, int]) -> pd.DataFrame:
    counts = np.array(list(n.values()), dtype=int).reshape(len(scheme.bands), -1)
    cells = {f"after_{place}": counts[:, place] for place in range(len(scheme.bands))}
    return pd.DataFrame({"before": list(scheme.bands), **cells})


def _columns(scheme: BandScheme) -> tuple[Column, ...]:
    places = range(len(scheme.bands))
    return (
        Column("before", "Before", "label"),
        *(
            Column(
                f"after_{place}",
                f"After: {scheme.bands[place]}",
                "characteristic",
                groups=((MATCHED_PRE,),) * len(scheme.bands),
                holders=tuple(both(_key(scheme, row, place)) for row in places),
            )
            for place in places
        ),
    )


def _without(basis: Basis, why_not: str) -> Finding:
    """No bands to move between, or nobody who could have moved: said in words."""
    title = f"{basis.measure.short_name}, {basis.who}: no movement between published bands is counted"
    return Finding(
        id=basis.finding_id("movement"),
        title=title,
        sentence=why_not,
        caution=_NO_BANDS,
        chart=None,
        table=pd.DataFrame({"before": pd.Series(dtype="str")}),
        columns=(Column("before", "Before", "label"),),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("movement"),
        outside=OutsideForm("", title, "There is nothing in the table.", _NO_BANDS, None),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=_topic(basis),
    )
