"""What a definition file must say about where its values come from."""

from __future__ import annotations

from collections.abc import Iterator

STANDINGS = ("verified", "single source", "unverified", "not found")
PARTS = ("title", "year", "place", "standing")


def sources_in(data: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each `source` in the parsed file, and each entry of a table of `sources`, with the place where it stands."""
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from sources_in(item, f"{path}[{position}]")
    if isinstance(data, dict):
        for key, value in data.items():
            here = f"{path}.{key}".lstrip(".")
            if key == "source":
                yield here, value
            elif key == "sources" and isinstance(value, dict):
                yield from ((f"{here}.{name}", entry) for name, entry in value.items())
            else:
                yield from sources_in(value, here)


def poor_sources(name: str, data: dict[str, object]) -> list[str]:
    """Sources that lack a part, or whose standing is no word of the reference; a file without any source."""
    named = data.get("sources")
    known = set(named) if isinstance(named, dict) else set()
    found = list(sources_in(data))
    faults = [] if found else [f"{name}: no source at all"]
    for place, source in found:
        if isinstance(source, str) and source in known:
            continue
        if not isinstance(source, dict):
            faults.append(f"{name}: {place} names no source")
            continue
        lacking = [part for part in PARTS if not str(source.get(part, "")).strip()]
        if lacking:
            faults.append(f"{name}: {place} lacks {', '.join(lacking)}")
        elif source["standing"] not in STANDINGS:
            faults.append(f"{name}: {place} has the standing {source['standing']!r}")
    return faults
