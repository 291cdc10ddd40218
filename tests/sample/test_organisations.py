"""What the bundled organisations promise, and how well they fit the deposits."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import Any

Record = dict[str, Any]
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
TYPES = {
    *("archive", "company", "education", "facility", "funder"),
    *("government", "healthcare", "nonprofit", "other"),
}


def folded(text: str) -> str:
    """Words only, without case, accents and punctuation, between single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return f" {' '.join(words)} "


def has_checksum(ror: str) -> bool:
    """ISO 7064 MOD 97-10 over the seven base32 characters, as ROR ids carry it."""
    body, check = ror[:-2], ror[-2:]
    number = sum(CROCKFORD.index(c) * 32**n for n, c in enumerate(reversed(body)))
    return int(check) == 98 - (number * 100) % 97


def display(record: Record) -> str:
    return next(name["value"] for name in record["names"] if "ror_display" in name["types"])


def named_in(affiliation: str, organisations: dict[str, Record]) -> set[str]:
    """The organisations one of whose full names of two words or more is in the text."""
    text = folded(affiliation)
    return {
        ror
        for ror, record in organisations.items()
        for name in record["names"]
        if set(name["types"]) != {"acronym"}
        and folded(name["value"]) in text
        and (" " in folded(name["value"]).strip() or folded(name["value"]) == text)
    }


def test_about_one_hundred_and_fifty_in_the_order_of_their_ids(
    organisations: dict[str, Record],
) -> None:
    assert 140 <= len(organisations) <= 160
    assert list(organisations) == sorted(organisations)


def test_every_id_has_its_checksum(organisations: dict[str, Record]) -> None:
    for ror in organisations:
        bare = ror.removeprefix("https://ror.org/")
        assert re.fullmatch(rf"0[{CROCKFORD}]{{6}}\d\d", bare), ror
        assert has_checksum(bare), ror


def test_the_checksum_notices_a_changed_character() -> None:
    assert has_checksum("01an7q238")
    assert not has_checksum("01an7q239")
    assert not has_checksum("01bn7q238")


def test_every_record_has_the_form_of_schema_two(organisations: dict[str, Record]) -> None:
    for ror, record in organisations.items():
        assert set(record) == {
            *("id", "names", "types", "status", "established", "locations", "external_ids"),
            *("links", "domains", "relationships", "admin"),
        }
        assert display(record), ror
        assert set(record["types"]) <= TYPES, ror
        assert record["status"] in {"active", "inactive", "withdrawn"}
        for place in record["locations"]:
            assert isinstance(place["geonames_id"], int)
            assert len(place["geonames_details"]["country_code"]) == 2
        for outer in record["external_ids"]:
            assert outer["preferred"] is None or outer["preferred"] in outer["all"], ror
        for moment in record["admin"].values():
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", moment["date"])


def test_some_are_gone_and_name_who_came_after(organisations: dict[str, Record]) -> None:
    gone = [record for record in organisations.values() if record["status"] != "active"]
    led = Counter(
        record["status"]
        for record in gone
        for relationship in record["relationships"]
        if relationship["type"] == "successor" and relationship["id"] in organisations
    )
    assert led["inactive"] >= 2
    assert led["withdrawn"] >= 1


def test_relationships_inside_are_told_by_both_sides(organisations: dict[str, Record]) -> None:
    inverse = {"parent": "child", "child": "parent"}
    told = {
        (ror, relationship["type"], relationship["id"])
        for ror, record in organisations.items()
        if record["status"] == "active"
        for relationship in record["relationships"]
        if relationship["id"] in organisations
        and organisations[relationship["id"]]["status"] == "active"
    }
    family = {link for link in told if link[1] in inverse}
    assert len(family) >= 8
    assert {(other, inverse[kind], one) for one, kind, other in family} <= told


def test_some_names_belong_to_several_organisations(organisations: dict[str, Record]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for ror, record in organisations.items():
        for name in record["names"]:
            if set(name["types"]) != {"acronym"}:
                owners[folded(name["value"])].add(ror)
    assert {" northeastern university ", " northwestern university "} <= {
        name for name, rors in owners.items() if len(rors) > 1
    }


def test_most_affiliations_name_an_organisation_inside(
    affiliations: set[str], organisations: dict[str, Record]
) -> None:
    named = {text for text in affiliations if named_in(text, organisations)}
    assert len(named) / len(affiliations) >= 0.6


def test_funders_lead_to_organisations(
    works: dict[str, Record], organisations: dict[str, Record]
) -> None:
    known = {
        value
        for record in organisations.values()
        for outer in record["external_ids"]
        if outer["type"] == "fundref"
        for value in outer["all"]
    }
    funders = {
        funder["DOI"].removeprefix("10.13039/")
        for work in works.values()
        for funder in work.get("funder", [])
        if "DOI" in funder
    }
    assert len(funders & known) >= 15


def test_the_first_work_to_show_has_all_there_is_to_show(
    works: dict[str, Record], organisations: dict[str, Record]
) -> None:
    work = works["10.7717/peerj.4794"]
    texts = {at["name"] for person in work["author"] for at in person.get("affiliation", [])}
    found = {text: named_in(text, organisations) for text in texts}
    assert len([text for text in texts if len(found[text]) == 1]) >= 4
    assert len([text for text in texts if len(found[text]) > 1]) == 1
    assert len([text for text in texts if not found[text]]) == 1
    assert work["funder"]
    assert work["license"]
    assert work["reference"]
    assert [person for person in work["author"] if "ORCID" in person]
