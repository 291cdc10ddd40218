"""What is stored of works for lists follows what happens to others."""

from nexus_hub.fulgora import service as fulgora
from stories.hub import Hub, hub, record

__all__ = ["hub"]


def cited(hub: Hub) -> dict[str, int]:
    items = hub.get("/works?filter=prefix:10.5555&sort=is-referenced-by-count")["message"]["items"]
    with hub.database.connect(None) as connection:
        stored = connection.execute(
            "SELECT r.doi, c.cited_by_count FROM aquilo.cited AS c"
            " JOIN catalog.release AS r ON r.croid = c.croid"
        ).fetchall()
    told = {item["DOI"]: item["is-referenced-by-count"] for item in items}
    assert told == dict(stored)
    return told


def test_a_reference_that_is_dropped_is_counted_no_more(hub: Hub):
    one, two = {"key": "1", "DOI": "10.5555/One"}, {"key": "2", "DOI": "10.5555/two"}
    hub.deposit(record("10.5555/one"), record("10.5555/two"))
    hub.deposit(record("10.5555/citing", reference=[one, two]))
    assert cited(hub) == {"10.5555/one": 1, "10.5555/two": 1, "10.5555/citing": 0}
    hub.deposit(record("10.5555/citing", reference=[two]))
    assert cited(hub) == {"10.5555/one": 0, "10.5555/two": 1, "10.5555/citing": 0}
    hub.deposit(record("10.5555/citing"))
    assert cited(hub)["10.5555/two"] == 0
    hub.deposit(record("10.5555/citing", reference=[one]))
    assert cited(hub)["10.5555/one"] == 1


def test_the_public_registry_stands_beside_who_deposits_here(hub: Hub):
    path = hub.settings.home / "members.tsv"
    path.write_text("78\t10.7777\t12\tRegistered Press\n78\t10.7778\t1\tRegistered Press\n")
    hub.deposit(record("10.7777/a", publisher="As works say", member="78"))
    with hub.database.connect() as connection:
        connection.autocommit = True
        fulgora.load(connection, "crossref-members", str(path))
    member = hub.get("/members/78")["message"]
    assert (member["primary-name"], member["prefixes"]) == (
        "Registered Press",
        ["10.7777", "10.7778"],
    )
    assert member["counts"]["total-dois"] == 1
    assert member["names"] == ["Registered Press", "As works say"]
    assert member["nexus"] == {"told-by": ["crossref-members", "works"]}
    assert hub.get("/members?query=registered")["message"]["total-results"] == 1
    assert hub.get("/members?filter=prefix:10.7778")["message"]["items"][0]["id"] == 78
    prefix = hub.get("/prefixes/10.7778")["message"]
    assert prefix["member"] == "http://id.crossref.org/member/78"
    assert prefix["nexus"] == {"told-by": ["crossref-members"]}
