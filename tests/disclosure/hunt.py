"""A longer hunt than the tests': `python -m tests.disclosure.hunt 300 0` tries 300 random studies from seed 0 on."""

from __future__ import annotations

import sys
from random import Random

from evalcore.disclosure import DisclosurePolicy
from tests.disclosure.attacking import counts_told, scores_told
from tests.disclosure.exports import offers
from tests.disclosure.random_studies import all_at_once, one_after_another, random_study, some
from tests.disclosure.said import truth_of


def hunt(seed: int, *, most_people: int = 60, most_files: int = 80) -> list[object]:
    """What follows from some exports of one random study, be it together or one after another; nothing should."""
    random, policy = Random(seed), DisclosurePolicy()
    study = random_study(random, most_people)
    findings = some(random, offers(study), most_files)
    release = random.choice((all_at_once, one_after_another))
    released, truth = release(findings, policy), truth_of(study)
    return [*scores_told(truth, released, policy), *counts_told(truth, released)]


if __name__ == "__main__":
    tries, first = int(sys.argv[1]), int(sys.argv[2])
    bad = {seed: told for seed in range(first, first + tries) if (told := hunt(seed))}
    for seed, told in bad.items():
        sys.stdout.write(f"seed {seed}: {len(told)} told, such as {told[:3]}\n")
    sys.stdout.write(f"{tries} studies tried, {len(bad)} of them told something\n")
    sys.exit(bool(bad))
