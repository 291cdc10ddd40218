"""The strategy `contributor-orcid`: who contributed, by ORCID iD.

Pure: a record, the people known by its iDs, and the claims of people on its DOI give the elements
of a patch. An iD that the record claims is taken as it is where its checksum holds (ISO 7064 MOD
11-2); one that does not is named as a problem, never repaired. A person who claims the DOI in the
own public ORCID record is proposed where one contributor alone can be meant by the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise
from nexus_hub.vulcanus.citation import comparable_words
from nexus_hub.vulcanus.patch import Pointer, format_pointer
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "contributor-orcid"
ROLES: Final = ("author", "editor", "chair", "translator")

SURE: Final = {"given name": 0.95, "initials": 0.85}
"""How sure a proposal is, by what of the given names agrees beside the family name."""

_PREFIX: Final = "https://orcid.org/"
_LOOKS_RIGHT: Final = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(?:\d{4}-?){3}\d{3}[\dX]", re.I
)


class Person(NamedTuple):
    """A creator of the catalogue: encoded CROID, iD without address, names."""

    croid: str
    orcid: str
    given: str
    family: str
    shown: str


class Claim(NamedTuple):
    """That a person claims the work in the own ORCID record, and who put the claim there."""

    person: Person
    claimed_by: str


class Contributor(NamedTuple):
    """A contributor of a record, with the iD as it is written there and as it is, if it is one."""

    pointer: Pointer
    body: Mapping[str, Any]
    written: str | None
    orcid: str | None


def contributors(body: Mapping[str, Any]) -> Iterator[Contributor]:
    """All contributors of a record, role by role.

    >>> body = {"author": [{"family": "Ng", "ORCID": "https://orcid.org/0000-0002-1825-0098"}]}
    >>> [(one.orcid, one.written is None) for one in contributors(body)]
    [(None, False)]
    """
    for role in ROLES:
        people = body.get(role)
        for n, person in enumerate(people if isinstance(people, list) else ()):
            if isinstance(person, dict):
                given = person.get("ORCID")
                written = given if isinstance(given, str) and given else None
                yield Contributor((role, str(n)), person, written, read_orcid(written))


def has_orcids(body: Mapping[str, Any]) -> bool:
    """Whether a record says an iD of anybody; most do not, and are done with.

    >>> has_orcids({"author": [{"family": "Ng"}]}), has_orcids({"editor": [{"ORCID": "?"}]})
    (False, True)
    """
    return any(
        isinstance(person, dict) and "ORCID" in person
        for role in ROLES
        if isinstance(people := body.get(role), list)
        for person in people
    )


def read_orcid(written: str | None) -> str | None:
    """The iD in what a record says, without its address; None where it is none."""
    if written is None:
        return None
    try:
        return normalise("orcid", written.removeprefix(_PREFIX))
    except MalformedIdentifier:
        return None


def enrich(
    body: Mapping[str, Any], known: Mapping[str, Person], claims: Sequence[Claim]
) -> Elements:
    """The elements that say who the contributors of a record are.

    `known` has the creators by their iDs, `claims` who claims this work.
    """
    people = list(contributors(body))
    shared = _shared(people)
    elements: Elements = []
    for one in people:
        if one.written is not None and one.orcid is None:
            looks_right = _LOOKS_RIGHT.fullmatch(one.written.strip()) is not None
            code = "wrong-checksum" if looks_right else "malformed-orcid"
            elements.append(_problem(one, code))
        elif (one.pointer[0], one.orcid) in shared:
            elements.append(_problem(one, "shared-orcid"))
        elif one.orcid is not None and one.orcid in known:
            elements.append(_claimed(one, known[one.orcid]))
    return [*elements, *_proposed(people, claims)]


def _shared(people: Sequence[Contributor]) -> set[tuple[str, str | None]]:
    """The iDs that several contributors of one role have: at most one of them is right."""
    counts = Counter((one.pointer[0], one.orcid) for one in people if one.orcid)
    return {which for which, count in counts.items() if count > 1}


def _problem(one: Contributor, code: str) -> dict[str, Any]:
    at = format_pointer((*one.pointer, "ORCID"))
    value = {"code": code, "pointer": at, "value": one.written}
    return element(
        "insertChild", ("nexus", "problems"), value, 1.0, {"rule": code}, {at: one.written}
    )


def _claimed(one: Contributor, person: Person) -> dict[str, Any]:
    when = {format_pointer((*one.pointer, "ORCID")): one.written}
    evidence = {"orcid": person.orcid, "rule": "claimed in the record", "name": person.shown}
    return element("insert", (*one.pointer, "croid"), person.croid, 1.0, evidence, when)


def _proposed(people: Sequence[Contributor], claims: Sequence[Claim]) -> Elements:
    taken = {one.orcid for one in people}
    meant: dict[Pointer, list[tuple[Contributor, Claim, str]]] = {}
    for claim in claims:
        if claim.person.orcid in taken:
            continue
        agreeing = [(one, rule) for one in people if (rule := agreement(one.body, claim.person))]
        # Two could be meant, or the one that is has another iD already: nothing is said.
        if len(agreeing) == 1 and agreeing[0][0].written is None:
            [(one, rule)] = agreeing
            meant.setdefault(one.pointer, []).append((one, claim, rule))
    return [told for found in meant.values() if len(found) == 1 for told in _proposal(*found[0])]


def _proposal(one: Contributor, claim: Claim, rule: str) -> Elements:
    person = claim.person
    when = {
        format_pointer((*one.pointer, member)): one.body[member]
        for member in ("given", "family")
        if member in one.body
    }
    evidence = {
        "orcid": person.orcid,
        "rule": f"the person claims the work; family name and {rule} agree",
        "name": person.shown,
        "claimed_by": claim.claimed_by,
    }
    values = {
        "ORCID": _PREFIX + person.orcid,
        "orcid-asserted-by": "nexus",
        "croid": person.croid,
    }
    return [
        element("insert", (*one.pointer, member), value, SURE[rule], evidence, when)
        for member, value in values.items()
    ]


def agreement(body: Mapping[str, Any], person: Person) -> str | None:
    """What of the given names agrees, where the family names do; None where the names do not.

    >>> ng = Person("", "", "Ada Mei", "Ng", "Ada Ng")
    >>> [agreement({"given": given, "family": "NG"}, ng) for given in ("Ada", "A.M.", "Ben")]
    ['given name', 'initials', None]
    """
    given, family = body.get("given"), body.get("family")
    if not isinstance(given, str) or not isinstance(family, str):
        return None
    if not _is_family(comparable_words(family), comparable_words(person.family)):
        return None
    return _given_agreement(
        _given_words(given, is_loud=family.isupper()), _given_words(person.given, is_loud=False)
    )


def _is_family(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one) and "".join(one) == "".join(other)


def _given_words(given: str, *, is_loud: bool) -> list[str]:
    """Given names as words; initials written together, `AM` or `A.M.`, are words of their own.

    Where all is written in capitals, which `is_loud` says, capitals are no sign of initials.
    """
    words: list[str] = []
    for word in re.split(r"[\s.\-\u2010-\u2015]+", given):
        is_initials = not is_loud and 1 < len(word) <= 3 and word.isupper()
        words += comparable_words(" ".join(word) if is_initials else word)
    return words


def _given_agreement(one: Sequence[str], other: Sequence[str]) -> str | None:
    if not one or not other:
        return None
    for mine, theirs in zip(one, other, strict=False):
        if mine == theirs:
            continue
        is_initial = len(mine) == 1 or len(theirs) == 1
        if not is_initial or mine[0] != theirs[0]:
            return None
    return "given name" if one[0] == other[0] and len(one[0]) > 1 else "initials"
