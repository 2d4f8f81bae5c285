"""Print the published table as recomputed from the sample study's answers: `python -m sample_data`."""

from __future__ import annotations

from evalcore.sample import known_answers, published_table


def main() -> None:
    """Print one line for each published line, and why one differs."""
    print(f"{'':9}{'':14}{'':14}{'n':>4}  {'published':14}{'here':14}")
    for line in published_table().itertuples():
        same = "same" if line.same else "differs"
        print(f"{line.instrument:9}{line.role:14}{line.group:14}{line.n:>4}  {line.published:14}{line.here:14}{same}")
    for departure in known_answers()["departures"]:
        print(f"\n{departure['published']} is printed, {departure['here']} comes out here. {departure['why']}")


if __name__ == "__main__":
    main()
