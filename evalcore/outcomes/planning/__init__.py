"""Planning the next phase: how many people a study needs for the smallest change that matters."""

from evalcore.outcomes.planning.clusters import PlannedClusters, clusters_for_difference, clusters_for_shares
from evalcore.outcomes.planning.groups import PlannedGroups, correlation_interval, groups_for_difference
from evalcore.outcomes.planning.pairs import PlannedPairs, SdLimits, pairs_for_change, pairs_needed, sd_limits
from evalcore.outcomes.planning.power import (
    clusters_power,
    paired_power,
    shares_clusters_power,
    shares_power,
    two_group_power,
)
from evalcore.outcomes.planning.shares import PlannedShares, group_size_needed, groups_for_shares

__all__ = [
    "PlannedClusters",
    "PlannedGroups",
    "PlannedPairs",
    "PlannedShares",
    "SdLimits",
    "clusters_for_difference",
    "clusters_for_shares",
    "clusters_power",
    "correlation_interval",
    "group_size_needed",
    "groups_for_difference",
    "groups_for_shares",
    "paired_power",
    "pairs_for_change",
    "pairs_needed",
    "sd_limits",
    "shares_clusters_power",
    "shares_power",
    "two_group_power",
]
