"""Names of CSL-JSON as the people of a work, particles and suffixes included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from nexus_hub.catalog.csl.shapes import PEOPLE, ROLES
from nexus_hub.catalog.drafts import Draft
from nexus_hub.catalog.vocabularies import CONTRIBUTOR_ROLES

_OUR_NAMES: Final = {"editor-translator": "editortranslator"}
_VOCABULARY: Final = "csl"


def put_people(left: dict[str, Any], draft: Draft) -> None:
    """Put the people of an item into the members of their roles, taking them from what is left."""
    for role in PEOPLE:
        for i, given in enumerate(left.pop(role, ())):
            if person := read_name(given):
                first = "additional" if draft.body.get(role) else "first"
                draft.add(role, {"sequence": first, **person}, f"/{role}/{i}")
                _trace(draft, f"/{role}/{len(draft.body[role]) - 1}", given, f"/{role}/{i}")
            else:
                draft.warn("no-name", f"/{role}/{i}", "nobody is named; left out")
    for role in ROLES:
        ours = _OUR_NAMES.get(role, role)
        for i, given in enumerate(left.pop(role, ())):
            person = read_name(given)
            if ours in CONTRIBUTOR_ROLES:
                person["nexus"] = {**person.get("nexus", {}), "role": ours}
            else:
                person["role"] = [{"role": role, "vocabulary": _VOCABULARY}]
            pointer = draft.add_nexus("contributor", person, f"/{role}/{i}")
            _trace(draft, pointer, given, f"/{role}/{i}")


def _trace(draft: Draft, pointer: str, given: Any, source: str) -> None:
    if isinstance(given, Mapping):
        for name in ("family", "given", "suffix", "ORCID", "affiliation"):
            if name in given:
                draft.origins[f"{pointer}/{name}"] = f"{source}/{name}"


def read_name(given: str | Mapping[str, Any]) -> dict[str, Any]:
    """A person or group; empty where nobody is named.

    A particle that goes with the family name stands before it, one that is dropped in sorting after
    the given name, as names are read aloud; both are also kept under `nexus.extra`.

    >>> read_name({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"})["family"]
    'van Gogh'
    >>> read_name({"family": "Humboldt", "given": "A.", "dropping-particle": "von"})["given"]
    'A. von'
    """
    if isinstance(given, str):
        return {"name": given}
    person: dict[str, Any] = {}
    family, first = given.get("family"), given.get("given")
    before, after = given.get("non-dropping-particle"), given.get("dropping-particle")
    if family:
        person["family"] = _join(before, family)
        if first or after:
            person["given"] = _join(first, after)
    elif name := given.get("literal") or given.get("name") or _join(first, after):
        person["name"] = name
    else:
        return {}
    person |= {name: given[name] for name in ("suffix", "ORCID", "sequence") if name in given}
    if isinstance(given.get("authenticated-orcid"), bool):
        person["authenticated-orcid"] = given["authenticated-orcid"]
    if places := given.get("affiliation"):
        person["affiliation"] = [{"name": p} if isinstance(p, str) else p for p in places]
    particles = {
        name: given[name]
        for name in (
            "non-dropping-particle",
            "dropping-particle",
            "comma-suffix",
            "static-ordering",
        )
        if name in given
    }
    if particles:
        person["nexus"] = {"extra": {"csl": particles}}
    return person


def _join(*parts: str | None) -> str:
    """Parts of a name in order; an apostrophe or hyphen at the end of one joins the next to it."""
    out = ""
    for part in parts:
        if part:
            out += part if not out or out.endswith(("'", "’", "-")) else f" {part}"
    return out
