"""The typed rows of what is live: made from the body alone, whole, and only for what is live."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.test_revise import release
from faults import flow
from nexus_hub.croid.codec import encode

TABLES = ("release", "contributor", "affiliation", "funding", "licence", "reference")


def publish(db: psycopg.Connection[Any], bodies: dict[UUID, Any], kind: str = "release") -> None:
    flow.revise(db, bodies, kind)


def rows(db: psycopg.Connection[Any], query: str, *values: Any) -> list[tuple[Any, ...]]:
    return db.execute(query.encode(), list(values)).fetchall()


def test_release_row_says_what_the_body_says(db) -> None:
    croid = uuid4()
    body = {
        "DOI": "10.5555/Row",
        "type": "journal-article",
        "title": ["On Salt", "ignored"],
        "issued": {"date-parts": [[2021, 5, 4]]},
        "publisher": "Salt Press",
        "container-title": ["Journal of Salt"],
        "ISSN": ["0378-5955", "1050-124X"],
        "volume": "7",
        "issue": "2",
        "page": "1-9",
        "language": "en",
        "reference": [{"key": "1"}, {"key": "2", "DOI": "10.5555/X"}],
    }
    publish(db, {croid: body})
    [row] = rows(
        db,
        "SELECT doi, prefix, type, title, issued_year, issued_on, publisher, container_title, issn,"
        " volume, issue, page, language, reference_count FROM catalog.release WHERE croid = %s",
        croid,
    )
    assert row == (
        "10.5555/row", "10.5555", "journal-article", "On Salt", 2021, date(2021, 5, 4),
        "Salt Press", "Journal of Salt", ["0378-5955", "1050-124X"], "7", "2", "1-9", "en", 2,
    )  # fmt: skip
    cited = rows(db, "SELECT position, doi FROM catalog.reference WHERE croid = %s", croid)
    assert cited == [(1, "10.5555/x")]


def test_contributors_and_affiliations_keep_their_places(db) -> None:
    organisation, croid = uuid4(), uuid4()
    people = [
        {"name": "The Salt Group", "sequence": "first"},
        {
            "given": "Ann",
            "family": "Ng",
            "ORCID": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": [
                {"name": "Nowhere"},
                {
                    "name": "Institute of Salt",
                    "croid": encode(organisation),
                    "id": [
                        {"id": "https://doi.org/10.13039/1", "id-type": "DOI"},
                        {"id": "https://ror.org/05gq02987", "asserted-by": "nexus"},
                    ],
                },
            ],
        },
    ]
    publish(db, {croid: release("people", author=people, editor=[{"family": "Ode"}])})
    assert rows(
        db,
        "SELECT member, position, given_name, family_name, display_name, orcid, sequence"
        " FROM catalog.contributor WHERE croid = %s ORDER BY member, position",
        croid,
    ) == [
        ("author", 0, None, None, "The Salt Group", None, "first"),
        ("author", 1, "Ann", "Ng", None, "0000-0002-1825-0097", None),
        ("editor", 0, None, "Ode", None, None, None),
    ]
    assert rows(
        db,
        "SELECT contributor_position, position, name, ror, asserted_by, organisation_croid"
        " FROM catalog.affiliation WHERE croid = %s ORDER BY position",
        croid,
    ) == [
        (1, 0, "Nowhere", None, None, None),
        (1, 1, "Institute of Salt", "05gq02987", "nexus", organisation),
    ]


def test_funding_and_licences(db) -> None:
    croid = uuid4()
    funder = {"name": "Salt Fund", "DOI": "10.13039/501100000001", "award": ["a", "b"]}
    licence = {"URL": "https://example.org/by", "content-version": "vor"}
    start = {"date-parts": [[2021, 1, 31]]}
    body = release(
        "money", funder=[funder, {"name": "Aunt"}], license=[{**licence, "start": start}]
    )
    publish(db, {croid: body})
    assert rows(
        db,
        "SELECT position, funder_name, funder_doi, awards FROM catalog.funding"
        " WHERE croid = %s ORDER BY position",
        croid,
    ) == [(0, "Salt Fund", "10.13039/501100000001", ["a", "b"]), (1, "Aunt", None, [])]
    assert rows(
        db, "SELECT url, content_version, starts_on FROM catalog.licence WHERE croid = %s", croid
    ) == [("https://example.org/by", "vor", date(2021, 1, 31))]


def test_new_revision_replaces_every_row_of_the_old(db) -> None:
    croid = uuid4()
    full = release(
        "full",
        author=[flow.author("Ng", "Salt")],
        reference=[{"key": "1", "DOI": "10.5555/x"}],
        funder=[{"name": "Fund"}],
        license=[{"URL": "https://example.org"}],
    )
    publish(db, {croid: full})
    publish(db, {croid: release("full")})
    counts = [
        rows(db, f"SELECT count(*) FROM catalog.{table} WHERE croid = %s", croid)[0][0]
        for table in TABLES
    ]
    assert counts == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("parts", "year", "day"),
    [
        ([[2021, 2, 29]], 2021, None),
        ([[2021, 13]], 2021, None),
        ([[2021]], 2021, None),
        ([[None]], None, None),
        ([], None, None),
        ([["2021", "5", "4"]], 2021, "2021-05-04"),
        ([[-44, 3, 15]], -44, None),
        ([[99999]], None, None),
        ("2021", None, None),
    ],
)
def test_date_that_is_none_leaves_the_day_or_year_open(db, parts, year, day) -> None:
    croid = uuid4()
    publish(db, {croid: release("date", issued={"date-parts": parts})})
    query = "SELECT issued_year, issued_on::text FROM catalog.release WHERE croid = %s"
    assert rows(db, query, croid) == [(year, day)]


def test_organisation_rows_say_what_the_body_says(db) -> None:
    croid = uuid4()
    body = flow.organisation(
        5,
        "Institute of Salt",
        names=[
            {"value": "IoS", "types": ["acronym"], "lang": None},
            {"value": "Salzinstitut", "types": ["label"], "lang": "de"},
            {"value": "Institute of Salt", "types": ["ror_display", "label"], "lang": "en"},
        ],
        relationships=[
            {"id": "https://ror.org/05gq02987", "type": "successor", "label": "After"},
            {"id": "https://ror.org/03vek6s52", "type": "parent", "label": "Above"},
        ],
        external_ids=[{"type": "fundref", "all": ["501100000001"], "preferred": None}],
    )
    publish(db, {croid: body}, "organisation")
    [row] = rows(
        db,
        "SELECT ror, status, name, country_code, city, types, established, successor_ror,"
        " parent_rors FROM catalog.organisation WHERE croid = %s",
        croid,
    )
    assert row == (
        flow.ror_id(5), "active", "Institute of Salt", "DE", "Berlin", ["education"], 1900,
        "05gq02987", ["03vek6s52"],
    )  # fmt: skip
    names = "SELECT position, name, types, language FROM catalog.organisation_name"
    assert rows(db, f"{names} WHERE croid = %s ORDER BY position", croid) == [
        (0, "IoS", ["acronym"], None),
        (1, "Salzinstitut", ["label"], "de"),
        (2, "Institute of Salt", ["ror_display", "label"], "en"),
    ]
    held = rows(db, "SELECT scheme, value FROM croid.identifier WHERE croid = %s", croid)
    assert sorted(held) == [("funder", "10.13039/501100000001"), ("ror", flow.ror_id(5))]


def test_funder_id_that_two_organisations_claim_stays_with_the_first(db) -> None:
    one, two = uuid4(), uuid4()
    ids = [{"type": "fundref", "all": ["501100000001"], "preferred": None}]
    for n, croid in enumerate((one, two)):
        publish(db, {croid: flow.organisation(n, "X", external_ids=ids)}, "organisation")
    held = "SELECT croid FROM croid.identifier WHERE scheme = 'funder'"
    assert rows(db, held) == [(one,)]


def test_identifier_that_content_gives_up_is_free_for_another(db) -> None:
    one, two = uuid4(), uuid4()
    publish(db, {one: release("first")})
    publish(db, {one: release("second")})
    publish(db, {two: release("first")})
    assert rows(db, "SELECT croid.resolve('doi', '10.5555/first')") == [(two,)]
    assert rows(db, "SELECT croid.resolve('doi', '10.5555/second')") == [(one,)]


def test_identifiers_swapped_within_one_editgroup_are_accepted(db) -> None:
    one, two = uuid4(), uuid4()
    publish(db, {one: release("left"), two: release("right")})
    publish(db, {one: release("right"), two: release("left")})
    assert rows(db, "SELECT croid.resolve('doi', '10.5555/left')") == [(two,)]


SCALARS = st.none() | st.booleans() | st.integers(-5, 3000) | st.sampled_from(["", "x", "2021"])
ODD = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["DOI", "name", "id", "date-parts"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    body=st.fixed_dictionaries(
        {"DOI": st.just("10.5555/odd"), "type": st.just("book")},
        optional=dict.fromkeys(
            ("title", "issued", "ISSN", "volume", "funder", "license", "ISBN"), ODD
        ),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_no_shape_of_an_unchecked_member_breaks_the_projection(db, body) -> None:
    with db.transaction(force_rollback=True):
        croid = uuid4()
        publish(db, {croid: body})
        [(doi,)] = rows(db, "SELECT doi FROM catalog.release WHERE croid = %s", croid)
        assert doi == "10.5555/odd"
