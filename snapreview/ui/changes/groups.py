"""Groups of rows, each under a header that folds it away. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class GroupKey(NamedTuple):
    """Stands in the list for a header. It equals no name of an image."""

    name: str


Entry = str | GroupKey
"""What stands at a place of the list: an image by its name, or a header."""


@dataclass(slots=True, eq=False)
class Group:
    """A header and the names of its members in order, never none.

    `revision` rises whenever members go or have other contents.
    """

    key: GroupKey
    members: list[str]
    folded: bool
    revision: int = 0

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.key.name


class Groups:
    """The headers of the list. Which ones are folded is remembered by name, even while a filter
    leaves nothing of them.
    """

    def __init__(self) -> None:
        self._folded: set[str] = set()
        self._groups: dict[Entry, Group] = {}
        self._group_of: dict[str, Group] = {}
        self._hidden = 0

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[Group]:
        return iter(self._groups.values())

    @property
    def hidden(self) -> int:
        """How many members are folded away."""
        return self._hidden

    def get(self, entry: Entry) -> Group | None:
        """The group whose header this is."""
        return self._groups.get(entry)

    def of(self, name: str) -> Group | None:
        """The group that this image is a member of."""
        return self._group_of.get(name)

    def hides(self, name: str) -> bool:
        """Whether the image is folded away."""
        group = self._group_of.get(name)
        return group is not None and group.folded

    def clear(self) -> None:
        """No groups."""
        self._groups, self._group_of, self._hidden = {}, {}, 0

    def arrange(self, images: Iterable[tuple[str, str]]) -> list[Entry]:
        """Images in order, by name and group, as entries: groups where their first image was.

        An image that is alone in its group, or belongs to none, has no header.
        """
        self.clear()
        buckets: dict[object, list[str]] = {}
        for name, group in images:
            buckets.setdefault(group or (name,), []).append(name)
        entries: list[Entry] = []
        for group, names in buckets.items():
            entries += names if len(names) == 1 else self._headed(str(group), names)
        return entries

    def _headed(self, name: str, members: list[str]) -> list[Entry]:
        group = Group(GroupKey(name), members, name in self._folded)
        self._groups[group.key] = group
        self._group_of.update(dict.fromkeys(members, group))
        self._hidden += len(members) if group.folded else 0
        return self._shown(group)

    def fold(self, name: str, folded: bool) -> Group | None:
        """Remember that; returns the group if it is there and was not so before."""
        (self._folded.add if folded else self._folded.discard)(name)
        group = self._groups.get(GroupKey(name))
        if group is None or group.folded is folded:
            return None
        group.folded = folded
        self._hidden += len(group.members) if folded else -len(group.members)
        return group

    def spread(self, entries: Iterable[Entry]) -> list[Entry]:
        """Settled entries as they are with groups folded as they are now."""
        found: list[Entry] = []
        for entry in entries:
            group = self._groups.get(entry)
            if group is not None:
                found += self._shown(group)
            elif entry not in self._group_of:
                found.append(entry)
        return found

    def emptied_by(self, leaving: Collection[str]) -> list[GroupKey]:
        """The headers under which nothing will be left. `leaving` answers `in` at once."""
        groups = self._groups_of(leaving)
        return [group.key for group in groups if all(name in leaving for name in group.members)]

    def discard(self, names: Collection[str]) -> None:
        """Members leave their groups, and a group without members goes."""
        for group in self._groups_of(names):
            left = [name for name in group.members if name not in names]
            self._hidden -= len(group.members) - len(left) if group.folded else 0
            group.members = left
            group.revision += 1
            if not left:
                del self._groups[group.key]
        for name in names:
            self._group_of.pop(name, None)

    def touch(self, names: Iterable[str]) -> list[GroupKey]:
        """Members have other contents; returns their headers."""
        groups = self._groups_of(names)
        for group in groups:
            group.revision += 1
        return [group.key for group in groups]

    def _groups_of(self, names: Iterable[str]) -> list[Group]:
        found = {id(group): group for group in map(self._group_of.get, names) if group is not None}
        return list(found.values())

    @staticmethod
    def _shown(group: Group) -> list[Entry]:
        return [group.key] if group.folded else [group.key, *group.members]
