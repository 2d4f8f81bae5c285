"""The styles of a document: ours, or those of a template with what it lacks added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from evalcore.reporting.document.archive import parsed
from evalcore.reporting.document.markup import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_ON = ("1", "true", "on")
_POINTS_TO = ("basedOn", "next", "link")


@dataclass(frozen=True)
class Styles:
    """The styles of a document.

    Attributes
    ----------
    part : bytes
    names : mapping of str to str
        From the identifier of each of our styles to that of the style of the same name in the document.
    bullets : bool
        Whether `List Bullet` is ours and needs our bullets.
    """

    part: bytes
    names: Mapping[str, str]
    bullets: bool


def our_styles() -> Styles:
    """Return the styles of a report that has no template.

    >>> our_styles().names["Heading1"]
    'Heading1'
    """
    part = resources.files("evalcore.reporting.document").joinpath("styles.xml").read_bytes()
    return Styles(part, {one.get(f"{_W}styleId"): one.get(f"{_W}styleId") for one in _each(parsed(part))}, True)


def completed(part: bytes, numbering: int) -> Styles:
    """Return the styles of a template, in British English, with those of ours that it lacks.

    Parameters
    ----------
    part : bytes
        The template's styles.
    numbering : int
        The number of our bullets among the document's lists, should `List Bullet` be missing.

    Word knows its own styles by their names; their identifiers differ from language to language.
    """
    from lxml import etree

    theirs, ours = parsed(part), parsed(our_styles().part)
    known = {_key(one): one.get(f"{_W}styleId") for one in _each(theirs)}
    taken = set(known.values())
    usual = {one.get(f"{_W}type") for one in _each(theirs) if one.get(f"{_W}default") in _ON}
    missing = [one for one in _each(ours) if _key(one) not in known]
    names = {one.get(f"{_W}styleId"): known.get(_key(one), "") for one in _each(ours)}
    for one in missing:
        names[one.get(f"{_W}styleId")] = _free(one.get(f"{_W}styleId"), taken)
    for one in missing:
        one.set(f"{_W}styleId", names[one.get(f"{_W}styleId")])
        if one.get(f"{_W}type") in usual:
            one.attrib.pop(f"{_W}default", None)
        for other in (found for tag in _POINTS_TO for found in one.findall(f"{_W}{tag}")):
            other.set(f"{_W}val", names[other.get(f"{_W}val")])
        for number in one.iter(f"{_W}numId"):
            number.set(f"{_W}val", str(numbering))
        theirs.append(one)
    _in_british_english(theirs, ours)
    written: bytes = etree.tostring(theirs, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Styles(written, names, any(_key(one) == ("paragraph", "list bullet") for one in missing))


def _each(root: Any) -> list[Any]:
    return [one for one in root.findall(f"{_W}style") if one.find(f"{_W}name") is not None]


def _key(style: Any) -> tuple[str, str]:
    return style.get(f"{_W}type", "paragraph"), style.find(f"{_W}name").get(f"{_W}val", "").casefold()


def _free(name: str, taken: set[str]) -> str:
    """An identifier that no style of the template has."""
    while name in taken:
        name += "1"
    taken.add(name)
    return name


def _in_british_english(theirs: Any, ours: Any) -> None:
    """Let the document's language be the report's, whatever language the template was written in."""
    for language in theirs.iter(f"{_W}lang"):
        language.set(f"{_W}val", "en-GB")
    if theirs.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang") is not None:
        return
    from lxml import etree

    above = theirs
    for tag in ("docDefaults", "rPrDefault", "rPr"):
        found = above.find(f"{_W}{tag}")
        if found is None:
            found = etree.Element(f"{_W}{tag}")
            above.insert(0, found)
        above = found
    above.append(ours.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"))
