"""The routes of this room, through the whole application."""

from typing import Any
from uuid import uuid4

import pytest
from litestar.testing import TestClient

from nexus_api.app import create_app
from nexus_api.croid.controllers import route_handlers
from nexus_hub.croid.codec import decode, encode
from nexus_hub.platform.config import Settings


@pytest.fixture
def client(fresh_database, tmp_path):
    settings = Settings(home=tmp_path, database_url=fresh_database.settings.database_url)
    with TestClient(create_app(settings, route_handlers)) as client:
        yield client


def make_live(database: Any, scheme: str, value: str, kind: str) -> str:
    """An active object of this identifier; the CROID as it is written."""
    with database.connect(None) as connection:
        row = connection.execute(
            "SELECT croid FROM croid.reserve(%s, ARRAY[%s], %s)", [scheme, value, kind]
        ).fetchone()
        assert row is not None
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "INSERT INTO catalog.ident (croid, kind, is_live, revision_id)"
            " VALUES (%s, %s, true, uuidv7())",
            [row[0], kind],
        )
    return encode(row[0])


def test_mint_gives_croids_in_ascending_order(client) -> None:
    response = client.post("/croids", json={"count": 1000})
    assert response.status_code == 201, response.text
    croids = response.json()["croids"]
    assert len(set(croids)) == 1000
    assert croids == sorted(croids)
    assert all(decode(croid).version == 7 for croid in croids)


@pytest.mark.parametrize(
    "body", [{"count": 0}, {"count": 1001}, {"count": "x"}, [], {"count": 1.5}]
)
def test_mint_refuses_other_counts(client, body) -> None:
    response = client.post("/croids", json=body)
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_lease_goes_from_hand_to_hand(client) -> None:
    path = f"/leases/{encode(uuid4())}"
    taken = client.post(path, json={"holder": "ann", "ttl_s": 60})
    assert taken.status_code == 201, taken.text
    assert taken.json()["token"] == 1
    held = client.post(path, json={"holder": "bob", "ttl_s": 60})
    assert held.status_code == 409
    assert held.json()["type"] == "/problems/held"
    assert 50 <= int(held.headers["retry-after"]) <= 60
    renewed = client.put(path, json={"token": 1, "ttl_s": 600})
    assert renewed.status_code == 200, renewed.text
    assert renewed.json()["token"] == 1
    assert renewed.json()["expires_at"] > taken.json()["expires_at"]
    assert client.delete(f"{path}?token=1").status_code == 204
    assert client.delete(f"{path}?token=1").status_code == 409
    again = client.post(path, json={"holder": "bob", "ttl_s": 60})
    assert again.json()["token"] > 1
    late = client.put(path, json={"token": 1, "ttl_s": 600})
    assert (late.status_code, late.json()["type"]) == (409, "/problems/fenced-off")


def test_lease_refuses_what_it_cannot_read(client) -> None:
    path = f"/leases/{encode(uuid4())}"
    assert client.put(path, json={"token": 1, "ttl_s": 60}).status_code == 404
    assert client.delete(f"{path}?token=1").status_code == 404
    assert client.delete(path).status_code == 400
    for body in (
        {"holder": "", "ttl_s": 60},
        {"holder": "ann", "ttl_s": 0},
        {"holder": "a\0", "ttl_s": 9},
    ):
        assert client.post(path, json=body).status_code == 400, body
    malformed = client.post("/leases/xyz", json={"holder": "ann", "ttl_s": 60})
    assert (malformed.status_code, malformed.json()["type"]) == (400, "/problems/malformed-croid")


@pytest.mark.parametrize(
    "path",
    [
        "/id/doi/10.1002/(SICI)1<2::AID>3.0.CO;2-T//x/",
        "/id/doi/10.1002%2F(sici)1%3C2::aid%3E3.0.co;2-t%2F%2Fx%2F",
        "/id/doi/https://doi.org/10.1002/(SICI)1%253C2::AID%253E3.0.CO;2-T//x/",
    ],
)
def test_identifier_leads_to_its_object(client, fresh_database, path: str) -> None:
    doi = "10.1002/(sici)1<2::aid>3.0.co;2-t//x/"
    croid = make_live(fresh_database, "doi", doi, "release")
    response = client.get(path, follow_redirects=False)
    assert response.status_code == 303, response.text
    assert response.headers["location"] == f"/cro/{croid}"
    assert client.head(path, follow_redirects=False).status_code == 303


def test_identifier_that_names_nothing_live_is_not_found(client, fresh_database) -> None:
    with fresh_database.connect() as connection:
        connection.execute("SELECT croid.reserve('doi', '{10.5555/reserved}', 'release')")
    for path, status, slug in [
        ("/id/doi/10.5555/reserved", 404, "no-such-object"),
        ("/id/doi/10.5555/unknown", 404, "no-such-object"),
        ("/id/doi/10.2/x", 400, "malformed-identifier"),
        ("/id/orcid/0000-0002-1825-0098", 400, "malformed-identifier"),
        ("/id/purl/x", 400, "unknown-scheme"),
    ]:
        response = client.get(path, follow_redirects=False)
        assert (response.status_code, response.json()["type"]) == (status, f"/problems/{slug}"), (
            path
        )
