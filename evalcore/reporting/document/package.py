"""The archive that a Word file is: its parts, their kinds and relations. The same parts give the same bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field

from evalcore.reporting.document.markup import DECLARATION, attribute

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can name: a part has no time of its own."""


@dataclass(frozen=True)
class Relation:
    """How a part is related to another one: by which name, as what, and to which part."""

    name: str
    kind: str
    target: str


@dataclass(eq=False)
class Package:
    """The parts of a Word file while it is written, by their name in the archive."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)

    def add(self, name: str, content: bytes | str, kind: str) -> str:
        """Add a part with its content type, and return its name."""
        self.parts[name] = content.encode("utf-8") if isinstance(content, str) else content
        self.kinds[name] = kind
        return name

    def relate(self, source: str, kind: str, target: str, name: str = "") -> str:
        """Relate one part (the empty name: the whole) to another, and return the relation's own name."""
        held = self.relations.setdefault(source, [])
        name = name or f"rId{len(held) + 1}"
        held.append(Relation(name, kind, target))
        return name

    def packed(self) -> bytes:
        """Return the archive.

        >>> made = Package()
        >>> part = made.add("word/document.xml", "<nothing/>", "text/xml")
        >>> made.packed()[:2], made.packed() == made.packed()
        (b'PK', True)
        """
        files = {"[Content_Types].xml": self._content_types().encode("utf-8")}
        for source, held in self.relations.items():
            folder, name = posixpath.split(source)
            files[posixpath.join(folder, "_rels", f"{name}.rels")] = _relations(folder, held).encode("utf-8")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**files, **self.parts}.items():
                entry = zipfile.ZipInfo(name, _WHEN)
                entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
        return out.getvalue()

    def _content_types(self) -> str:
        """Pictures and fonts by the ending of their names, as every program expects them; the rest one by one."""
        usual = {"rels": _RELATION_TYPE, "xml": "application/xml"}
        usual.update({_ending(name): kind for name, kind in self.kinds.items() if _ending(name) != "xml"})
        each = [
            f'<Default Extension="{attribute(end)}" ContentType="{attribute(kind)}"/>' for end, kind in usual.items()
        ]
        each += [
            f'<Override PartName="/{attribute(name)}" ContentType="{attribute(kind)}"/>'
            for name, kind in self.kinds.items()
            if _ending(name) == "xml"
        ]
        return f'{DECLARATION}<Types xmlns="{_TYPES}">{"".join(each)}</Types>'


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").lower()


def _relations(folder: str, held: list[Relation]) -> str:
    each = "".join(
        f'<Relationship Id="{attribute(one.name)}" Type="{attribute(one.kind)}"'
        f' Target="{attribute(posixpath.relpath(one.target, folder or "."))}"/>'
        for one in held
    )
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'
