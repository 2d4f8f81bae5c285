"""Band schemes from their definition files: one TOML each, checked as a whole."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from evalcore.rules.definition import Definition, names_in, read_named
from evalcore.rules.rule import SIDES, BandScheme, Cut

_DEFINITIONS = Path(__file__).parent / "definitions"


def list_band_schemes(instrument: str | None = None, *, _directory: Path = _DEFINITIONS) -> list[str]:
    """Identifiers of the band schemes, sorted; of one instrument when it is named.

    Examples
    --------
    >>> list_band_schemes("swemwbs")
    ['swemwbs_one_sd']
    """
    found = names_in(_directory)
    if instrument is None:
        return found
    return [name for name in found if load_band_scheme(name, _directory=_directory).instrument == instrument]


@cache
def load_band_scheme(name: str, *, _directory: Path = _DEFINITIONS) -> BandScheme:
    """Read one band scheme; read once, then kept.

    Raises
    ------
    UnknownNameError
        No such scheme; the message lists those that exist.
    DefinitionError
        Its file has faults; `problems` holds all of them.

    Examples
    --------
    >>> load_band_scheme("swemwbs_one_sd").bands
    ('low', 'medium', 'high')
    """
    return read_named(_directory, name, "band scheme", _scheme)


def _scheme(definition: Definition) -> BandScheme:
    bands = definition.texts("bands")
    low, high = definition.number("low"), definition.number("high")
    cuts = definition.table("cuts")
    return BandScheme(
        id=definition.text("id"),
        label=definition.text("label"),
        instrument=definition.text("instrument"),
        bands=bands,
        cuts={scale: _cuts(cuts, scale, len(bands), low, high) for scale in cuts.names()},
        low=low,
        high=high,
        source=definition.source(),
        caution=definition.text("caution"),
    )


def _cuts(definition: Definition, scale: str, n_bands: int, low: float, high: float) -> tuple[Cut, ...]:
    borders = definition.tables(scale, named_by="at", required=True)
    cuts = tuple(Cut(border.number("at"), border.text("owner", allowed=SIDES)) for border in borders)
    places = [cut.at for cut in cuts]
    if len(cuts) != n_bands - 1:
        definition.problem(scale, f"has {len(cuts)} borders for {n_bands} bands; there must be one fewer than bands")
    if any(here >= there for here, there in pairwise(places)):
        definition.problem(scale, "must have rising borders")
    if any(not low < place < high for place in places):
        definition.problem(scale, "must have its borders inside low and high")
    return cuts
