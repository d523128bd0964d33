"""Renamed images: an added and a removed name with equal content (architecture, rule 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import product

from snapreview.model.manifest import ImageRecord

MAX_CANDIDATE_PAIRS = 10_000
"""Pairs of one content above which names are not compared by similarity any more."""


def pair_renames(
    added: Mapping[str, ImageRecord], gone: Mapping[str, ImageRecord]
) -> dict[str, str]:
    """New name → old name, one to one, for every content that both sides have.

    Where several names could pair, the most similar do first; all names are sorted before, so
    that the answer does not depend on any order given.
    """
    new_names, old_names = _by_content(added), _by_content(gone)
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(new_names.keys() & old_names.keys()):
        found = _pair_group(
            [n for n in new_names[key] if n not in pairs],
            [o for o in old_names[key] if o not in taken],
        )
        pairs |= found
        taken |= set(found.values())
    return pairs


def _by_content(records: Mapping[str, ImageRecord]) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(records):
        record = records[name]
        if record.sha256 is not None:
            groups["sha256", record.sha256].append(name)
        if record.hint is not None:
            groups[f"hint {record.hint.algorithm}", record.hint.digest].append(name)
    return groups


def _pair_group(new: list[str], old: list[str]) -> dict[str, str]:
    if len(new) * len(old) > MAX_CANDIDATE_PAIRS:
        return _pair_in_order(new, old)
    if len(new) == len(old) == 1:
        return {new[0]: old[0]}
    return _pair_by_similarity(new, old)


def _pair_by_similarity(new: list[str], old: list[str]) -> dict[str, str]:
    """Greedy by descending similarity; ties by name."""
    ranked = sorted(
        (-SequenceMatcher(None, o, n, autojunk=False).ratio(), n, o) for n, o in product(new, old)
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, n, o in ranked:
        if n not in pairs and o not in taken:
            pairs[n] = o
            taken.add(o)
    return pairs


def _pair_in_order(new: list[str], old: list[str]) -> dict[str, str]:
    """For huge groups: equal base names first, then simply in order."""
    by_base: dict[str, list[str]] = defaultdict(list)
    for o in reversed(old):
        by_base[o.rpartition("/")[2]].append(o)
    pairs: dict[str, str] = {}
    for n in new:
        candidates = by_base[n.rpartition("/")[2]]
        if candidates:
            pairs[n] = candidates.pop()
    taken = set(pairs.values())
    left = (o for o in old if o not in taken)
    return pairs | dict(zip((n for n in new if n not in pairs), left, strict=False))
