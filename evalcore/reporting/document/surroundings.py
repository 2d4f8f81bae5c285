"""The parts of a document around its body: header, footer, lists, settings, and what the file says of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from evalcore.reporting.document import markup
from evalcore.reporting.document.front import SHORT
from evalcore.reporting.document.house import OURS, House
from evalcore.reporting.document.markup import NAMESPACES, root
from evalcore.reporting.document.package import CORE, OFFICE, WORD, Package
from evalcore.reporting.document.writing import DOCUMENT
from evalcore.reporting.model import Report

_PROPERTIES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_SETTINGS = {
    "zoom": '<w:zoom w:percent="100"/>',
    "defaultTabStop": '<w:defaultTabStop w:val="720"/>',
    "characterSpacingControl": '<w:characterSpacingControl w:val="doNotCompress"/>',
    "compat": "<w:compat>"
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    + "</w:compat>",
    "themeFontLang": '<w:themeFontLang w:val="en-GB"/>',
    "decimalSymbol": '<w:decimalSymbol w:val="."/>',
    "listSeparator": '<w:listSeparator w:val=","/>',
}
_ORDER = (
    *(
        "zoom",
        "mirrorMargins",
        "gutterAtTop",
        "defaultTabStop",
        "evenAndOddHeaders",
        "characterSpacingControl",
        "compat",
    ),
    *("themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
"""Word refuses settings in another order."""

_PLACES = 100_001, 100_002
"""Numbers of the places in our header and footer: above those of the headings."""

_LEVEL = (
    '<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:pStyle w:val="{style}"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>'
)


def add_letterhead(package: Package, house: House, report: Report) -> str:
    """Add our header and footer where the template has none, and return how the pages name them."""
    references = ""
    if not house.headed:
        title = markup.bookmarked(OURS, _PLACES[0], markup.text(report.title))
        header = markup.paragraph(house.styles.names["Header"], title)
        references += _letterhead(package, "header", "hdr", header)
    if not house.footed:
        page = markup.text("Page ") + markup.field("PAGE", "1") + markup.text(" of ") + markup.field("NUMPAGES", "1")
        stamp = report.stamp
        study = markup.text(f"  ·  {stamp.study}  ·  Data fingerprint {stamp.fingerprint[:SHORT]}")
        footer = markup.paragraph(house.styles.names["Footer"], markup.bookmarked(OURS, _PLACES[1], page + study))
        references += _letterhead(package, "footer", "ftr", footer)
    return references


def _letterhead(package: Package, kind: str, tag: str, content: str) -> str:
    part = package.add(f"word/{kind}.xml", root(f"w:{tag}", content, "w"), f"{WORD}{kind}+xml")
    name = package.relate(DOCUMENT, f"{OFFICE}{kind}", part)
    return f'<w:{kind}Reference w:type="default" r:id="{name}"/>'


def add_styles(package: Package, house: House) -> None:
    """Add the styles and the lists of the document."""
    package.relate(DOCUMENT, f"{OFFICE}styles", package.add("word/styles.xml", house.styles.part, f"{WORD}styles+xml"))
    numbering = _numbering(house)
    if numbering:
        part = package.add("word/numbering.xml", numbering, f"{WORD}numbering+xml")
        package.relate(DOCUMENT, f"{OFFICE}numbering", part)


def _numbering(house: House) -> bytes:
    """The template's lists, with our bullets among them where its styles have none."""
    if not house.styles.bullets:
        return house.numbering
    number, level = house.lists, _LEVEL.format(style=house.styles.names["ListBullet"])
    shape = f'<w:abstractNum w:abstractNumId="{number}">{level}</w:abstractNum>'
    use = f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    if not house.numbering:
        return root("w:numbering", shape + use, "w").encode("utf-8")
    from lxml import etree

    from evalcore.reporting.document.archive import parsed

    held, ours = parsed(house.numbering), parsed(root("w:numbering", shape + use, "w").encode("utf-8"))
    first = held.find(f"{{{NAMESPACES['w']}}}num")
    made = list(ours)
    held.insert(len(held) if first is None else list(held).index(first), made[0])
    last = held.findall(f"{{{NAMESPACES['w']}}}num")
    held.insert(list(held).index(last[-1] if last else made[0]) + 1, made[1])
    written: bytes = etree.tostring(held, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def add_settings(package: Package, house: House) -> None:
    """Add the settings: a current Word's, so that it does not open the document in an older way."""
    held = {**_SETTINGS, **dict(house.settings)}
    if 'w:type="even"' not in house.references:
        held.pop("evenAndOddHeaders", None)
    content = "".join(held[name] for name in _ORDER if name in held)
    part = package.add("word/settings.xml", root("w:settings", content, "w"), f"{WORD}settings+xml")
    package.relate(DOCUMENT, f"{OFFICE}settings", part)


def add_properties(package: Package, report: Report) -> None:
    """Add what the file says of itself: its title, and the organisation as its author, never who sat at the machine."""
    made = datetime.fromisoformat(report.stamp.made_at)
    at = f"{made.astimezone(UTC) if made.tzinfo else made:%Y-%m-%dT%H:%M:%SZ}"
    title, study, author = (
        escape(markup.cleaned(words)) for words in (report.title, report.stamp.study, report.organisation)
    )
    content = (
        f"<dc:title>{title}</dc:title><dc:subject>{study}</dc:subject><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified><dc:language>en-GB</dc:language>'
    )
    xml = f"{markup.DECLARATION}<cp:coreProperties {_PROPERTIES}>{content}</cp:coreProperties>"
    package.relate("", CORE, package.add("docProps/core.xml", xml, _CORE_TYPE))
