"""DataCite's metadata becomes a work, field by field, and comes back as it was read."""

import copy
import gzip
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_hub.catalog.canonical import Problem, RefusedRecordError, decode, encode
from nexus_hub.catalog.crossref import normalise_work
from nexus_hub.catalog.datacite import FACETS, read, read_datacite, tidy, write
from nexus_hub.catalog.datacite.shapes import ATTRIBUTES, DROPPED, KEPT, MAPPED
from nexus_hub.platform.config import settings as configured

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.just(0.5) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            TEXT | st.sampled_from(["name", "title", "date", "identifier"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


def attributes(**members: Any) -> dict[str, Any]:
    return {
        "doi": "10.5555/abc",
        "types": {"resourceTypeGeneral": "Dataset"},
        "titles": [{"title": "On salt"}],
        **members,
    }


def body(**members: Any) -> dict[str, Any]:
    found, problems = read(attributes(**members))
    assert problems == []
    return found


def told(**members: Any) -> list[tuple[str, str, str]]:
    return [(p.severity, p.code, p.pointer) for p in read(attributes(**members))[1]]


@pytest.mark.parametrize(
    ("sent", "member", "said"),
    [
        (
            {"url": "https://example.org/1"},
            "resource",
            {"primary": {"URL": "https://example.org/1"}},
        ),
        (
            {"titles": [{"title": "A"}, {"title": "B", "titleType": "Subtitle"}]},
            "subtitle",
            ["B"],
        ),
        ({"publisher": "Press"}, "publisher", "Press"),
        ({"publisher": {"name": "Press", "lang": "en"}}, "publisher", "Press"),
        ({"publicationYear": 2024}, "issued", {"date-parts": [[2024]]}),
        (
            {"publicationYear": 2024, "dates": [{"date": "2023-05", "dateType": "Issued"}]},
            "issued",
            {"date-parts": [[2023, 5]]},
        ),
        (
            {"dates": [{"date": "2010/2012-03-01", "dateType": "Created"}]},
            "content-created",
            {"date-parts": [[2010], [2012, 3, 1]]},
        ),
        (
            {"dates": [{"date": "2024-05-04T12:00:00Z", "dateType": "Available"}]},
            "published-online",
            {"date-parts": [[2024, 5, 4]], "date-time": "2024-05-04T12:00:00Z"},
        ),
        (
            {"dates": [{"date": "2024", "dateType": "Accepted"}]},
            "accepted",
            {"date-parts": [[2024]]},
        ),
        (
            {"dates": [{"date": "2024", "dateType": "Updated"}]},
            "content-updated",
            {"date-parts": [[2024]]},
        ),
        ({"subjects": [{"subject": "Salt", "subjectScheme": "X"}]}, "subject", ["Salt"]),
        ({"language": "en"}, "language", "en"),
        ({"version": "1.2"}, "version", {"version": "1.2"}),
        (
            {"rightsList": [{"rightsUri": "https://cc/by", "rights": "CC BY"}]},
            "license",
            [{"URL": "https://cc/by", "content-version": "unspecified"}],
        ),
        (
            {"descriptions": [{"description": "A < B", "descriptionType": "Abstract"}]},
            "abstract",
            "<jats:p>A &lt; B</jats:p>",
        ),
        (
            {
                "alternateIdentifiers": [
                    {"alternateIdentifier": "7", "alternateIdentifierType": "X"}
                ]
            },
            "alternative-id",
            ["7"],
        ),
        (
            {
                "relatedIdentifiers": [
                    {
                        "relatedIdentifier": "10.5555/PAPER",
                        "relatedIdentifierType": "DOI",
                        "relationType": "IsSupplementTo",
                    }
                ]
            },
            "relation",
            {
                "is-supplement-to": [
                    {"id": "10.5555/paper", "id-type": "doi", "asserted-by": "subject"}
                ]
            },
        ),
        (
            {
                "relatedIdentifiers": [
                    {
                        "relatedIdentifier": "https://doi.org/10.5555/OLD",
                        "relatedIdentifierType": "DOI",
                        "relationType": "Cites",
                    }
                ]
            },
            "reference",
            [{"key": "ref1", "DOI": "10.5555/old", "doi-asserted-by": "publisher"}],
        ),
        (
            {
                "fundingReferences": [
                    {
                        "funderName": "Fund",
                        "funderIdentifier": "https://doi.org/10.13039/501100000780",
                        "funderIdentifierType": "Crossref Funder ID",
                        "awardNumber": "7",
                        "awardTitle": "Salt",
                    }
                ]
            },
            "funder",
            [
                {
                    "name": "Fund",
                    "DOI": "10.13039/501100000780",
                    "doi-asserted-by": "publisher",
                    "award": ["7"],
                    "award-info": [{"award-number": ["7"], "award-title": "Salt"}],
                }
            ],
        ),
        (
            {
                "fundingReferences": [
                    {"funderIdentifier": "https://ror.org/00k4n6c32", "funderIdentifierType": "ROR"}
                ]
            },
            "funder",
            [
                {
                    "id": [
                        {
                            "id": "https://ror.org/00k4n6c32",
                            "id-type": "ROR",
                            "asserted-by": "publisher",
                        }
                    ]
                }
            ],
        ),
        (
            {
                "container": {
                    "title": "J",
                    "identifier": "0378-5955",
                    "identifierType": "ISSN",
                    "firstPage": "1",
                    "lastPage": "9",
                }
            },
            "page",
            "1-9",
        ),
        (
            {"container": {"identifier": "0378-5955", "identifierType": "ISSN"}},
            "ISSN",
            ["0378-5955"],
        ),
    ],
)
def test_each_attribute_becomes_a_member(sent, member, said):
    assert body(**sent)[member] == said


@pytest.mark.parametrize(
    ("creator", "person"),
    [
        (
            {"name": "de la Cruz, A.", "nameType": "Personal"},
            {"family": "de la Cruz", "given": "A."},
        ),
        ({"name": "X", "familyName": "Ng", "givenName": "A."}, {"family": "Ng", "given": "A."}),
        ({"name": "Institute, Oslo"}, {"name": "Institute, Oslo"}),
        ({"name": "Salt, Sea, and Co", "nameType": "Personal"}, {"name": "Salt, Sea, and Co"}),
        (
            {
                "name": "A",
                "nameIdentifiers": [
                    {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
                ],
            },
            {"name": "A", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        ),
        (
            {
                "name": "A",
                "affiliation": [
                    "Oslo",
                    {
                        "name": "Oxford",
                        "affiliationIdentifier": "052gg0110",
                        "affiliationIdentifierScheme": "ROR",
                    },
                ],
            },
            {
                "name": "A",
                "affiliation": [
                    {"name": "Oslo"},
                    {
                        "name": "Oxford",
                        "id": [
                            {
                                "id": "https://ror.org/052gg0110",
                                "id-type": "ROR",
                                "asserted-by": "publisher",
                            }
                        ],
                    },
                ],
            },
        ),
    ],
)
def test_a_creator_becomes_an_author(creator, person):
    assert body(creators=[creator])["author"] == [person | {"sequence": "first"}]


def test_contributors_go_to_the_members_of_their_roles():
    found = body(
        contributors=[
            {"name": "E", "contributorType": "Editor"},
            {"name": "T", "contributorType": "Translator"},
            {"name": "C", "contributorType": "DataCollector"},
        ]
    )
    assert found["editor"] == [{"name": "E", "sequence": "first"}]
    assert found["translator"] == [{"name": "T", "sequence": "first"}]
    assert found["nexus"]["contributor"] == [
        {"name": "C", "role": [{"role": "DataCollector", "vocabulary": "datacite"}]}
    ]


def test_what_a_work_has_no_member_for_is_kept_and_written_again():
    sent = attributes(
        sizes=["12 MB"],
        formats=["text/csv"],
        geoLocations=[{"geoLocationPlace": "Oslo"}],
        schemaVersion="http://datacite.org/schema/kernel-4",
        subjects=[{"subject": "Salt", "subjectScheme": "X"}],
    )
    found, problems = read(sent)
    assert problems == []
    assert found["nexus"]["datacite"] == {
        name: sent[name]
        for name in ("sizes", "formats", "geoLocations", "schemaVersion", "subjects")
    }
    assert write(found) == sent


def test_what_was_kept_gives_way_to_what_the_work_says_now():
    found, _ = read(attributes(subjects=[{"subject": "Salt", "subjectScheme": "X"}], sizes=["1"]))
    found["subject"] = ["Pepper"]
    assert write(found)["subjects"] == [{"subject": "Pepper"}]
    assert write(found)["sizes"] == ["1"]


def test_what_was_found_out_since_does_not_hide_what_was_read():
    sent = [{"name": "Ng, A.", "nameType": "Personal", "lang": "en", "affiliation": ["Oxford"]}]
    found, _ = read(attributes(creators=sent))
    found["author"][0]["affiliation"][0] |= {"croid": "01jexample0000000000000000"}
    assert write(found)["creators"] == sent


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"doi": "10.2/x"}, ("error", "malformed-doi", "/doi")),
        ({"doi": None}, ("error", "missing-doi", "/doi")),
        ({"titles": "A"}, ("error", "wrong-type", "/titles")),
        ({"titles": [{"title": ["A"]}]}, ("error", "wrong-type", "/titles/0/title")),
        ({"publicationYear": "soon"}, ("error", "wrong-type", "/publicationYear")),
        ({"types": {}}, ("warning", "missing-type", "/types/resourceTypeGeneral")),
        ({"titles": []}, ("warning", "missing-title", "/titles")),
        ({"creators": [{"nameType": "Personal"}]}, ("warning", "no-name", "/creators/0")),
        (
            {"dates": [{}, {"date": "May", "dateType": "Issued"}]},
            ("warning", "bad-date", "/dates/1/date"),
        ),
        (
            {"dates": [{"date": "2024-13-01", "dateType": "Issued"}]},
            ("warning", "bad-date", "/dates/0/date"),
        ),
        (
            {
                "creators": [
                    {"affiliation": []},
                    {
                        "name": "A",
                        "nameIdentifiers": [
                            {"nameIdentifier": "X", "nameIdentifierScheme": "ISNI"},
                            {"nameIdentifier": "0", "nameIdentifierScheme": "ORCID"},
                        ],
                    },
                ]
            },
            ("warning", "malformed-orcid", "/creators/1/nameIdentifiers/1/nameIdentifier"),
        ),
        ({"colour": "red"}, ("warning", "unknown-member", "/colour")),
    ],
)
def test_a_problem_points_to_what_was_sent(members, problem):
    assert problem in told(**members)


def test_a_json_api_object_is_read_with_its_id():
    sent = {"id": "10.5555/ABC", "type": "dois", "attributes": {"types": {}, "titles": [{}]}}
    found, problems = read_datacite(json.dumps(sent).encode())
    assert found["DOI"] == "10.5555/abc"
    assert {p.pointer for p in problems} == {
        "/attributes/types/resourceTypeGeneral",
        "/attributes/titles",
    }


@given(st.dictionaries(st.sampled_from(sorted(ATTRIBUTES.members)), ANYTHING), st.booleans())
@settings(max_examples=300)
def test_whatever_the_attributes_hold_they_are_read_or_refused(members, is_whole):
    sent = {**attributes(), **members} if is_whole else members
    before = copy.deepcopy(sent)
    found, problems = read(sent)
    assert sent == before
    assert all(isinstance(problem, Problem) for problem in problems)
    if not any(problem.severity == "error" for problem in problems):
        assert normalise_work(found)[0] == found
        assert decode(encode(found)) == found
        clean = tidy(ATTRIBUTES.read(sent, None, []))
        assert without_doi(write(found)) == without_doi(clean)
        assert write(read(write(found))[0]) == write(found)


@given(st.binary(max_size=60) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_bytes_are_they_are_read_or_refused(raw):
    try:
        found, problems = read_datacite(raw)
    except RefusedRecordError:
        return
    assert found.get("DOI") or any(problem.severity == "error" for problem in problems)


def test_every_attribute_is_mapped_kept_or_dropped():
    assert {name for facet in FACETS for name in facet.attributes} == MAPPED.keys()
    assert not MAPPED.keys() & (KEPT.keys() | DROPPED)
    targets = [name for facet in FACETS for name in facet.members]
    assert len(targets) == len(set(targets))


def without_doi(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name != "doi"}


@pytest.mark.real_data
def test_real_records_are_read_and_written_again():
    folder = configured().real_data
    if folder is None:
        pytest.skip("NEXUS_REAL_DATA is not set")
    codes: Counter[str] = Counter()
    refused = count = 0
    with gzip.open(folder / "datacite" / "dois.jsonl.gz") as lines:
        for line in lines:
            sent = json.loads(line)["attributes"]
            found, problems = read(sent)
            clean = tidy(ATTRIBUTES.read(sent, None, []))
            assert without_doi(write(found)) == without_doi(clean)
            count += 1
            refused += any(problem.severity == "error" for problem in problems)
            codes.update({problem.code for problem in problems})
    assert count > 1000
    # Nearly all of them have DOIs of a test system, whose registrants no agency has.
    assert refused / count < 0.03, codes
    assert sum(codes.values()) / count < 0.2, codes
