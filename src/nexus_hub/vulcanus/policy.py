"""Who wins where several sources speak of one field: one table per kind, and nothing elsewhere.

Ranks are plain integers, higher is stronger. Fields a table does not name are `FIRST`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal


class BaseRank(IntEnum):
    """How strong a whole record is, by where it comes from."""

    OTHER = 10
    REGISTRY_OF_RECORD = 20
    EDITOR = 25
    DEPOSIT = 30


class PatchRank(IntEnum):
    """How strong a patch is. Strategies may use any rank below `EDITOR`."""

    STRATEGY = 10
    EDITOR = 50


@dataclass(frozen=True, slots=True)
class Policy:
    """How the values of one field become one value.

    * `first`: the highest ranked base that has the field says it whole.
    * `base`: the highest ranked base alone says it, also by leaving it out; of the patches, only
      an editor's may touch it.
    * `union`: the list of the highest ranked base that has it, then what the others add, in their
      order. `key` names the members that make two items the same thing (none: the whole item).
      An object is united member by member; where a member is no list, the first wins.
    """

    how: Literal["first", "base", "union"]
    key: tuple[str, ...] = ()


FIRST = Policy("first")
BASE = Policy("base")
UNION = Policy("union")

POLICIES: dict[str, dict[str, Policy]] = {
    "release": {
        "DOI": BASE,
        "prefix": BASE,
        "member": BASE,
        "source": BASE,
        "ISBN": UNION,
        "isbn-type": Policy("union", ("type", "value")),
        "ISSN": UNION,
        "issn-type": Policy("union", ("type", "value")),
        "alternative-id": UNION,
        "archive": UNION,
        "clinical-trial-number": Policy("union", ("clinical-trial-number", "registry", "type")),
        "relation": Policy("union", ("id", "id-type")),
        "subject": UNION,
        "update-to": Policy("union", ("DOI", "type")),
        "nexus": UNION,
    },
    "organisation": {
        "id": BASE,
        "status": BASE,
        "admin": BASE,
        "domains": UNION,
        "external_ids": Policy("union", ("type",)),
        "links": Policy("union", ("type", "value")),
        "names": Policy("union", ("lang", "value")),
        "relationships": Policy("union", ("type", "id")),
        "types": UNION,
        "nexus": UNION,
    },
    "container": {"issns": UNION, "original_names": UNION, "nexus": UNION},
    "creator": {"other_names": UNION, "nexus": UNION},
}

# Lists inside a field that are sets all the same: `*` stands for one list index.
NESTED_SETS: frozenset[tuple[str, ...]] = frozenset(
    (role, "*", "affiliation", "*", "id") for role in ("author", "editor", "translator", "chair")
)

_NONE: dict[str, Policy] = {}


def policy_of(kind: str, field: str) -> Policy:
    """The policy of a top-level field of a kind.

    >>> policy_of("release", "subject").how, policy_of("release", "title").how
    ('union', 'first')
    """
    return POLICIES.get(kind, _NONE).get(field, FIRST)


def is_set(kind: str, pointer: tuple[str, ...]) -> bool:
    """Whether the list at this pointer is a set, so that patches add to it in canonical order.

    >>> is_set("release", ("subject",)), is_set("release", ("author",))
    (True, False)
    >>> is_set("release", ("author", "0", "affiliation", "2", "id"))
    True
    """
    if not pointer:
        return False
    if len(pointer) == 1:
        return policy_of(kind, pointer[0]).how == "union"
    if len(pointer) == 2 and policy_of(kind, pointer[0]).how == "union":
        return not pointer[1].isdigit()
    return tuple("*" if part.isdigit() else part for part in pointer) in NESTED_SETS


def identity(item: Any, key: tuple[str, ...] = ()) -> str:
    """What makes an item of a union itself, ignoring case; also the canonical order.

    >>> identity("Medicine") == identity("medicine")
    True
    >>> identity({"DOI": "10.5555/A", "x": 1}, ("DOI",)) == identity({"DOI": "10.5555/a"}, ("DOI",))
    True
    """
    if key and isinstance(item, dict) and any(name in item for name in key):
        item = [item.get(name) for name in key]
    return json.dumps(item, sort_keys=True, ensure_ascii=False).casefold()


def unite(first: Any, other: Any, policy: Policy) -> tuple[Any, list[int | str]]:
    """`first` with what `other` adds, and the indexes or members added; both inputs stay as is.

    >>> unite(["b"], ["a", "B"], UNION)
    (['b', 'a'], [1])
    >>> unite({"is-part-of": [{"id": "1"}]}, {"has-part": []}, Policy("union", ("id",)))[1]
    ['has-part']
    """
    if isinstance(first, list) and isinstance(other, list):
        seen = {identity(item, policy.key) for item in first}
        united = list(first)
        for item in other:
            name = identity(item, policy.key)
            if name not in seen:
                seen.add(name)
                united.append(item)
        added: list[int | str] = list(range(len(first), len(united)))
        return (united if added else first), added
    if isinstance(first, dict) and isinstance(other, dict):
        changed: dict[str, Any] = {}
        for name, value in other.items():
            if name not in first:
                changed[name] = value
            elif isinstance(first[name], list):
                united, more = unite(first[name], value, policy)
                if more:
                    changed[name] = united
        return ({**first, **changed} if changed else first), list(changed)
    return first, []
