"""What stands in a study file beside the study's parts, and whether a file is one, whole and unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from evalcore.errors import UnreadableFileError
from evalcore.intake.native import COUNTED, KINDS
from evalcore.plan.text import plan_text
from evalcore.storage import archive
from evalcore.storage.checked import damaged, listed, newer, parsed, part_of, record, text, whole, written
from evalcore.storage.packing import FORMAT, SOFTWARE, STUDY, pack
from evalcore.storage.tables import table_text
from evalcore.study import Study

_WHAT = "a study of the evaluation dashboard"
_README, _PLAN = "READ ME.txt", "plan.txt"
_TABLES = tuple(f"tables/{kind}.csv" for kind in KINDS)
_COUNTS = f"tables/{COUNTED}.csv"
_FIELDS = ("what", "format", "software", "fingerprint", "members")
_READ_ME = """\
What this file is
-----------------
A study of the evaluation dashboard: the answers, lists and case files that were added to it, what was decided about
them, the analysis plan, and the record of what has left. It was written by version {software} of the dashboard.

Do not share it
---------------
It holds data about people, with nothing hidden: what they answered, who took part, and what stands in the case files.
Keep it where such data belong, and delete it where it is not needed any more. To share results, use the downloads of
the dashboard that say "to share".

How to open it
--------------
In the dashboard: page Studies, "Open a file". If it is sealed, you need its passphrase; nobody can find it out. Do not
change anything inside, and do not zip it anew: it would not open any more.

What is inside
--------------
tables/       the tables of the study as CSV, for a spreadsheet or a statistics program
plan.txt      the analysis plan, where there is one
the rest      for the dashboard alone; manifest.json lists every part with its SHA-256
"""


def file_of(study: Study) -> bytes:
    """Return a study as a zip: the manifest, what a person can read without the dashboard, and the parts.

    >>> sorted(parts_of(file_of(Study.empty())))
    ['exports.json', 'study.json']
    """
    members = [(archive.Member.of(name, plain), plain) for name, plain in _for_people(study)]
    for part in pack(study):
        plain = part.plain()
        members.append((archive.Member.zipped(part.name, plain, part.packed), plain))
    manifest = _manifest(study, {member.name: plain for member, plain in members})
    return archive.written([(archive.Member.of(archive.FIRST, manifest), manifest), *members])


def _for_people(study: Study) -> Iterator[tuple[str, bytes]]:
    yield _README, _READ_ME.format(software=SOFTWARE).replace("\n", "\r\n").encode()
    if study.plan is not None:
        yield _PLAN, plan_text(study.plan).encode()
    for kind, name in zip(KINDS, _TABLES, strict=True):
        yield name, table_text(getattr(study, kind))
    if len(study.counted):
        yield _COUNTS, table_text(study.counted)


def _manifest(study: Study, members: Mapping[str, bytes]) -> bytes:
    listed = [[name, len(plain), sha256(plain).hexdigest()] for name, plain in members.items()]
    said = dict(zip(_FIELDS, (_WHAT, FORMAT, SOFTWARE, study.fingerprint, listed), strict=True))
    return written({**said, "digest": sha256(written(said)).hexdigest()})


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of the study in a file, each held against the manifest, and the manifest against itself.

    UnreadableFileError says why where it is no such file, or not whole.
    """
    archive.look_at(data)
    if _format_of(archive.first_member(data)) > FORMAT:
        raise newer()
    members = archive.read(data)
    fingerprint = _check_manifest(members)
    study = part_of(members, STUDY)
    if not isinstance(study, dict) or study.get("fingerprint") != fingerprint:
        raise damaged()
    for_people = {_README, *_TABLES, *([_PLAN] if study.get("plan") is not None else [])}
    beside = {archive.FIRST, *for_people}
    if not beside <= set(members):
        raise damaged()
    beside.add(_COUNTS)
    return {name: plain for name, plain in members.items() if name not in beside}


def _format_of(manifest: bytes) -> int:
    """The format that a manifest names; 0 where it names none, which the closer look refuses."""

    try:
        said = parsed(manifest)
    except UnreadableFileError:
        return 0
    version = said.get("format") if isinstance(said, dict) and said.get("what") == _WHAT else 0
    return version if type(version) is int else 0


def _check_manifest(members: Mapping[str, bytes]) -> str:
    """Hold every member against the manifest, both ways; return the fingerprint that it names."""

    said = record(part_of(members, archive.FIRST), *_FIELDS, "digest")
    digest = said.pop("digest")
    if sha256(written(said)).hexdigest() != digest:
        raise damaged()
    text(said["what"], (_WHAT,))
    whole(said["format"], 1, FORMAT)
    text(said["software"])
    found = [[name, len(plain), sha256(plain).hexdigest()] for name, plain in members.items() if name != archive.FIRST]
    if listed(said["members"]) != found:
        raise damaged()
    return text(said["fingerprint"])
