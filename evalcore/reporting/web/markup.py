"""HTML from its parts. A text is data and is escaped, unless it was made here: then it is `Markup`."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from hashlib import sha256

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no page may hold: control characters, and halves of characters, which can not be written as UTF-8."""

_VOID = frozenset({"img", "meta"})
"""Elements without an end."""


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Attribute = str | int | bool | None


def escaped(text: str) -> Markup:
    """Return a text as HTML that shows it, inside an element or a quoted attribute; what is HTML already stays.

    >>> escaped("<b>'Leeds' & co</b>")
    '&lt;b&gt;&#x27;Leeds&#x27; &amp; co&lt;/b&gt;'
    """
    return text if isinstance(text, Markup) else Markup(html.escape(_UNPRINTABLE.sub("\ufffd", text)))


def tag(name: str, /, *parts: str, **attributes: Attribute) -> Markup:
    """Return an element; texts among `parts` and values of attributes are escaped.

    Parameters
    ----------
    name : str
        Of the element.
    *parts : str
        What it holds; empty ones leave no trace.
    **attributes : str, int, bool or None
        `class_` is class, `aria_label` is aria-label; True stands alone, and None or False is left out.

    >>> tag("p", "1 < 2", tag("b", "!"), class_="note", hidden=True, id=None)
    '<p class="note" hidden>1 &lt; 2<b>!</b></p>'
    """
    written = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{''.join(map(escaped, parts))}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    name = key.strip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def lines(*parts: str) -> Markup:
    """Return parts one under the other, empty ones left out.

    >>> lines(tag("p", "one"), "", tag("p", "two"))
    '<p>one</p>\\n<p>two</p>'
    """
    return Markup("\n".join(escaped(part) for part in parts if part))


def data_block(values: object, identifier: str) -> Markup:
    """Return a script element that holds data and runs nothing; nothing in it can end it.

    >>> data_block({"name": "</script>"}, "it")
    '<script type="application/json" id="it">{"name":"\\\\u003c/script\\\\u003e"}</script>'
    """
    written = json.dumps(values, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return tag("script", Markup(written), type="application/json", id=identifier)


def css_text(text: str) -> str:
    """Return a text as a quoted string of a style sheet.

    >>> css_text('A "b" </style>')
    '"A \\\\22 b\\\\22  \\\\3c \\\\2f style\\\\3e "'
    """
    kept = (one if (one.isascii() and one.isalnum()) or one == " " else f"\\{ord(one):x} " for one in text)
    return f'"{"".join(kept)}"'


def hash_source(text: str) -> str:
    """Return how a content security policy names an inline script or style that may be used.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
