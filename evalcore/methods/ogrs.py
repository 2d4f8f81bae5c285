"""The definitions of OGRS in a reader's words: bands, what each input adds, sources and rulings."""

from __future__ import annotations

from itertools import pairwise

from evalcore.columns import FEMALE, MALE
from evalcore.methods.standings import cited
from evalcore.methods.word_table import WordTable
from evalcore.rules.risk_scales import Ogrs3, Ogrs4, load_ogrs3, load_ogrs4

_HISTORY = {
    "conviction_first": "Conviction, no previous sanction",
    "conviction_later": "Conviction, with previous sanctions",
    "caution_first": "Caution, the first sanction",
    "caution_later": "Caution, after cautions only",
    "caution_after_conviction": "Caution, after a conviction",
}
_DIGITS = 4


def scales() -> tuple[Ogrs3 | Ogrs4, ...]:
    """Every scale that is computed.

    >>> [scale.label for scale in scales()]
    ['OGRS3 (legacy)', 'OGRS4/G', 'OGRS4/V']
    """
    return (load_ogrs3(), load_ogrs4(), load_ogrs4(violent=True))


def risk_band_table() -> WordTable:
    """The bands of each scale, for two years.

    >>> risk_band_table().rows[0][:3]
    ('OGRS3 (legacy), two years', '0 to 49 %', '50 to 74 %')
    """
    names = tuple(band.label for band in load_ogrs3().bands)
    rows = tuple((f"{scale.label}, two years", *(band.range for band in scale.bands)) for scale in scales())
    return WordTable("OGRS bands", ("Score", *names), rows)


def offence_table() -> WordTable:
    """What each category of the current offence adds to the logit; empty where a scale does not have it.

    >>> offence_table().rows[0]
    ('Violence', '0.0000', '-0.1101', '0.1098')
    """
    labels: dict[str, str] = {}
    for scale in scales():
        for name, offence in scale.offences.items():
            labels.setdefault(name, offence.label)
    rows = tuple(
        (label, *(f"{scale.offences[name].value:.{_DIGITS}f}" if name in scale.offences else "" for scale in scales()))
        for name, label in labels.items()
    )
    return WordTable("What the current offence adds", ("Current offence", *(scale.label for scale in scales())), rows)


def age_table() -> WordTable:
    """What age at the start of follow-up adds to OGRS3, for men and for women.

    >>> age_table().rows[-1]
    ('50 and over', '-2.0253', '-2.4498')
    """
    ages = load_ogrs3().ages
    names = [f"{start} to {after - 1}" for (start, _, _), (after, _, _) in pairwise(ages)]
    rows = tuple(
        (name, f"{men:.{_DIGITS}f}", f"{women:.{_DIGITS}f}")
        for name, (_, men, women) in zip([*names, f"{ages[-1][0]} and over"], ages, strict=True)
    )
    return WordTable("OGRS3: what age adds", ("Age at the start of follow-up", MALE.title(), FEMALE.title()), rows)


def history_table() -> WordTable:
    """What the present disposal adds to OGRS3.

    >>> history_table().rows[0]
    ('Conviction, no previous sanction', '0.1261')
    """
    rows = tuple((_HISTORY[name], f"{value:.{_DIGITS}f}") for name, value in load_ogrs3().history.items())
    return WordTable("OGRS3: what the present disposal adds", ("Present disposal", "OGRS3"), rows)


def ogrs_notes() -> tuple[tuple[str, str], ...]:
    """Each scale with what has to be said of it.

    >>> ogrs_notes()[1][0]
    'OGRS4/G'
    """
    official = {scale.id: f"{scale.official}. " for scale in scales() if isinstance(scale, Ogrs4)}
    return tuple((scale.label, f"{official.get(scale.id, '')}{scale.note}") for scale in scales())


def ogrs_sources() -> tuple[tuple[str, str], ...]:
    """Each scale and its bands with the source.

    >>> len(ogrs_sources())
    6
    """
    found: list[tuple[str, str]] = []
    for scale in scales():
        found.append((f"{scale.label}, coefficients", f"{cited(scale.source)}."))
        found.append((f"{scale.label}, bands", f"{cited(scale.bands_source)}."))
    return tuple(found)
