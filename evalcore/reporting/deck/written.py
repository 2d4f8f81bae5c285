"""From a deck to its bytes: the same for the same deck, with no time of this machine in them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from evalcore.reporting.deck.measuring import plain
from evalcore.reporting.deck.text import LANGUAGE
from evalcore.reporting.model import Report

_AT = (2020, 1, 1, 12, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


def written(deck: Any, report: Report) -> bytes:
    """Return the bytes of a deck, with the properties of its report."""
    moment = _utc(report.stamp.made_at)
    known = deck.core_properties
    known.title, known.author, known.subject = (
        plain(text)[:255] for text in (report.title, report.organisation, report.stamp.study)
    )
    known.created = known.modified = moment
    known.language, known.revision = LANGUAGE, 1
    known.last_modified_by = known.category = known.comments = known.content_status = ""
    known.identifier = known.keywords = known.version = ""
    held = io.BytesIO()
    deck.save(held)
    return _again(held.getvalue(), moment)


def _utc(made_at: str) -> datetime:
    """A time as the file holds it: UTC, without saying so."""
    found = datetime.fromisoformat(made_at)
    return (found.astimezone(UTC) if found.tzinfo else found).replace(tzinfo=None, microsecond=0)


def _again(data: bytes, moment: datetime) -> bytes:
    """The same archive with one time for every part, in the workbooks behind its charts as well."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            blob = old.read(name)
            if name.endswith(".xlsx"):
                blob = _again(blob, moment)
            elif name == "docProps/core.xml":
                blob = _TIMES.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\2", blob)
            part = zipfile.ZipInfo(name, _AT)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, blob)
    return held.getvalue()
