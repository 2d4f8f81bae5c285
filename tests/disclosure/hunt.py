"""A longer hunt than the tests': `python -m tests.disclosure.hunt 300 0` tries 300 random studies from seed 0 on."""

from __future__ import annotations

import sys
from random import Random

from evalcore.disclosure import DisclosurePolicy
from tests.disclosure.attacking import counts_told, scores_told
from tests.disclosure.exports import of_people, offers
from tests.disclosure.random_studies import all_at_once, one_after_another, random_study, some
from tests.disclosure.said import truth_of


def hunt(seed: int, *, most_people: int = 60, most_files: int = 80) -> list[object]:
    """What follows from some exports of one random study, be it together or one after another; nothing should."""
    random, policy = Random(seed), DisclosurePolicy()
    study = random_study(random, most_people)
    offered = random.choice((offers, of_people, of_people))(study)
    findings = some(random, offered or offers(study), most_files)
    release = random.choice((all_at_once, one_after_another))
    released, truth = release(findings, policy), truth_of(study)
    return [*scores_told(truth, released, policy), *counts_told(truth, released)]


def main(tries: int, first: int) -> int:
    """Try so many random studies, say of which something follows, and return how many those are."""
    bad = 0
    for seed in range(first, first + tries):
        told = hunt(seed)
        bad += bool(told)
        if told:
            sys.stdout.write(f"seed {seed}: {len(told)} told, such as {told[:3]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{tries} studies tried, {bad} of them told something\n")
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
