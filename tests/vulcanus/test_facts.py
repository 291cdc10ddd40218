"""What is made of records and of what they name: told in layers, off with one UPDATE, and back."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import croid_of, drain, one, record, take_records
from nexus_hub.croid.codec import encode
from nexus_hub.fulgora import service as fulgora

BY = "https://creativecommons.org/licenses/by/4.0/"
ORCID = "0000-0002-1825-0097"
JOURNAL = {"Title": "Journal of Brine", "ISSN": "1234-5679", "EISSN": "2049-3630", "Publisher": "B"}


def layered(connection: psycopg.Connection[Any], doi: str) -> dict[str, Any]:
    """The elements of the layers in force on a work, by strategy."""
    rows = connection.execute(
        "SELECT l.strategy, l.patch FROM vulcanus.layer AS l JOIN croid.identifier AS i"
        " USING (croid) WHERE i.value = %s AND l.retired_at IS NULL",
        [doi],
    ).fetchall()
    connection.commit()
    return dict(rows)


def switch(database: Any, strategy: str, is_on: bool) -> None:
    with database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET is_enabled = %s WHERE strategy = %s", [is_on, strategy]
        )


def test_licence_has_its_identifier_until_the_strategy_is_switched_off(database, worker) -> None:
    given = record("10.5555/open", license=[{"URL": BY, "content-version": "vor"}])
    take_records(worker, [given, record("10.5555/closed")])
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"][0]["spdx"] == "CC-BY-4.0"
    assert "licence-spdx" not in layered(worker, "10.5555/closed")
    switch(database, "licence-spdx", is_on=False)
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"] == given["metadata"]["license"]
    switch(database, "licence-spdx", is_on=True)
    drain(database)
    assert flow.bodies(worker)["10.5555/open"]["license"][0]["spdx"] == "CC-BY-4.0"
    assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0


def test_what_was_read_here_can_be_deposited_again(database, worker) -> None:
    take_records(worker, [record("10.5555/open", license=[{"URL": BY}])])
    drain(database)
    before = flow.bodies(worker)["10.5555/open"]
    take_records(worker, [{"doi": "10.5555/open", "metadata": before}])
    drain(database)
    assert flow.bodies(worker)["10.5555/open"] == before
    told = "SELECT result, problems FROM nauvis.deposit_change ORDER BY deposit_id DESC LIMIT 1"
    assert worker.execute(told).fetchone() == ("unchanged", None)


def load(connection: psycopg.Connection[Any], source: str, path: Any, *rows: Any) -> None:
    """Take a release of a source."""
    file = path / f"{uuid4()}.{'csv' if source == 'doaj' else 'jsonl'}"
    if source == "doaj":
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        file.write_text("".join(",".join(line) + "\n" for line in lines))
    else:
        flow.write_lines(file, rows)
    fulgora.load(connection, source, str(file))
    connection.commit()


def person(*dois: str, given: str = "Ann", family: str = "Ng") -> Any:
    """A public ORCID record that claims these DOIs."""
    own = {"external-id-type": "doi", "external-id-relationship": "self"}
    works = [
        {"work-summary": [{"external-ids": {"external-id": [{**own, "external-id-value": doi}]}}]}
        for doi in dois
    ]
    name = {"given-names": {"value": given}, "family-name": {"value": family}}
    return {
        "orcid-identifier": {"path": ORCID},
        "history": {"last-modified-date": {"value": 1700000000000 + len(dois)}},
        "person": {"name": name},
        "activities-summary": {"works": {"group": works}},
    }


CLAIMED = record(
    "10.5555/claimed",
    author=[{"given": "Ann", "family": "Ng", "ORCID": f"http://orcid.org/{ORCID}"}],
)
UNCLAIMED = record(
    "10.5555/unclaimed", author=[{"given": "Bo", "family": "Li"}, {"given": "A.", "family": "Ng"}]
)


@pytest.mark.parametrize("is_known_first", [True, False])
def test_contributor_is_named_by_the_iD_claimed_whichever_comes_first(
    database, worker, tmp_path, is_known_first
) -> None:
    steps = [
        lambda: load(worker, "orcid", tmp_path, person()),
        lambda: take_records(worker, [CLAIMED]),
    ]
    for step in steps if is_known_first else reversed(steps):
        step()
        drain(database)
    creator = one(worker, "SELECT croid FROM catalog.creator WHERE orcid = %s", ORCID)
    [author] = flow.bodies(worker)["10.5555/claimed"]["author"]
    assert (author["ORCID"], author["croid"]) == (f"https://orcid.org/{ORCID}", encode(creator))
    [told] = layered(worker, "10.5555/claimed")["contributor-orcid"]
    assert (told["confidence"], told["evidence"]["orcid"]) == (1.0, ORCID)


def test_person_who_claims_the_work_is_proposed_and_withdrawn_with_the_claim(
    database, worker, tmp_path
) -> None:
    take_records(worker, [UNCLAIMED])
    drain(database)
    load(worker, "orcid", tmp_path, person("10.5555/unclaimed"))
    drain(database)
    author = flow.bodies(worker)["10.5555/unclaimed"]["author"][1]
    assert (author["ORCID"], author["orcid-asserted-by"]) == (f"https://orcid.org/{ORCID}", "nexus")
    told = layered(worker, "10.5555/unclaimed")["contributor-orcid"]
    assert {each["confidence"] for each in told} == {0.85}
    later = person() | {"history": {"last-modified-date": {"value": 1800000000000}}}
    load(worker, "orcid", tmp_path, later)
    drain(database)
    assert flow.bodies(worker)["10.5555/unclaimed"] == UNCLAIMED["metadata"]


def test_wrong_checksum_is_named_and_left_as_it_is(database, worker) -> None:
    wrong = {"family": "Ng", "ORCID": "https://orcid.org/0000-0002-1825-0098"}
    take_records(worker, [record("10.5555/wrong", author=[wrong], ISSN=["1234-5678"])])
    drain(database)
    body = flow.bodies(worker)["10.5555/wrong"]
    assert body["author"] == [wrong]
    named = {(each["code"], each["pointer"]) for each in body["nexus"]["problems"]}
    assert named == {("wrong-checksum", "/author/0/ORCID"), ("wrong-checksum", "/ISSN/0")}


@pytest.mark.parametrize("is_known_first", [True, False])
def test_journal_is_named_by_issn_whichever_comes_first(
    database, worker, tmp_path, is_known_first
) -> None:
    given = record("10.5555/brine", ISSN=["2049-3630"], **{"container-title": ["J. Brine"]})
    steps = [
        lambda: load(worker, "doaj", tmp_path, JOURNAL),
        lambda: take_records(worker, [given]),
    ]
    for step in steps if is_known_first else reversed(steps):
        step()
        drain(database)
    journal = one(worker, "SELECT croid FROM catalog.container")
    assert flow.bodies(worker)["10.5555/brine"]["container"] == {"croid": encode(journal)}
    appeared = "SELECT container_croid FROM catalog.release WHERE croid = %s"
    assert one(worker, appeared, croid_of(worker, "10.5555/brine")) == journal
    switch(database, "container-issn", is_on=False)
    drain(database)
    assert "container" not in flow.bodies(worker)["10.5555/brine"]


def test_journal_is_named_by_its_title_only_where_no_issn_says_otherwise(
    database, worker, tmp_path
) -> None:
    load(worker, "doaj", tmp_path, JOURNAL)
    drain(database)
    title = {"container-title": ["Journal of brine"]}
    take_records(
        worker,
        [
            record("10.5555/titled", **title),
            record("10.5555/other", ISSN=["0028-0836"], **title),
            record("10.5555/book", **title)
            | {"metadata": {**flow.work("10.5555/book", **title), "type": "book-chapter"}},
        ],
    )
    drain(database)
    bodies = flow.bodies(worker)
    assert [doi for doi in bodies if "container" in bodies[doi]] == ["10.5555/titled"]
    [told] = layered(worker, "10.5555/titled")["container-issn"]
    assert (told["confidence"], told["evidence"]["rule"]) == (0.9, "title alone")


def test_work_without_issn_waits_for_its_journal_until_another_has_the_same_title(
    database, worker, tmp_path
) -> None:
    take_records(worker, [record("10.5555/titled", **{"container-title": ["JOURNAL OF BRINE"]})])
    drain(database)
    assert "container" not in flow.bodies(worker)["10.5555/titled"]
    load(worker, "doaj", tmp_path, JOURNAL)
    drain(database)
    journal = one(worker, "SELECT croid FROM catalog.container")
    assert flow.bodies(worker)["10.5555/titled"]["container"] == {"croid": encode(journal)}
    load(worker, "doaj", tmp_path, JOURNAL, JOURNAL | {"ISSN": "0028-0836", "EISSN": ""})
    drain(database)
    assert one(worker, "SELECT count(*) FROM catalog.container") == 2
    assert "container" not in flow.bodies(worker)["10.5555/titled"]


def test_language_dates_and_genre_are_told_and_gone_with_their_strategies(database, worker) -> None:
    given = record(
        "10.5555/fact",
        type="posted-content",
        subtype="preprint",
        language="eng",
        posted={"date-parts": [[2021, 5, 2]]},
        **{"published-print": {"date-parts": [[2921, 5]]}},
    )
    take_records(worker, [given, record("10.5555/plain", language="en")])
    drain(database)
    body = flow.bodies(worker)["10.5555/fact"]
    assert body["language"] == "en"
    said = body["nexus"]
    assert said["published"] == {"date": "2021-05-02", "precision": "day", "from": "posted"}
    assert [each["pointer"] for each in said["problems"]] == ["/published-print"]
    assert said["types"]["coar"].endswith("c_816b")
    assert layered(worker, "10.5555/plain") == {}
    for strategy in ("language", "dates", "type-vocabulary"):
        switch(database, strategy, is_on=False)
    drain(database)
    assert flow.bodies(worker)["10.5555/fact"] == given["metadata"]


def test_date_of_issue_is_filled_in_where_there_is_none(database, worker) -> None:
    given = record("10.5555/undated", **{"published-online": {"date-parts": [[2020, 2]]}})
    del given["metadata"]["issued"]
    take_records(worker, [given])
    drain(database)
    issued = "SELECT issued_year FROM catalog.release WHERE croid = %s"
    assert one(worker, issued, croid_of(worker, "10.5555/undated")) == 2020
