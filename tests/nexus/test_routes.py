"""Relations over HTTP: both sides show, wait, complete, go, and lead to survivors."""

from __future__ import annotations

from typing import Any

import pytest

from nexus.world import VULCANUS
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.croid.codec import decode
from stories.hub import Hub, hub, record

__all__ = ["hub"]
PREPRINT, ARTICLE, NOTICE = "10.5555/preprint", "10.5555/article", "10.5555/notice"


@pytest.fixture(autouse=True)
def ungrouped(fresh_database: Any) -> None:
    """Versions are not grouped here: the works that would be made are changes too."""
    with fresh_database.connect(None) as owner:
        owner.execute(
            "UPDATE vulcanus.strategy SET is_enabled = false WHERE strategy = 'release-work'"
        )


def preprint(**more: Any) -> dict[str, Any]:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": ARTICLE.upper()}]}
    return record(PREPRINT, **({"relation": relation} | more))


def follow(hub: Hub, path: str, rows: int) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    found: list[dict[str, Any]] = []
    join = "&" if "?" in path else "?"
    cursor = "*"
    while cursor is not None:
        page = hub.get(f"{path}{join}rows={rows}&cursor={cursor}")
        assert len(page["items"]) <= rows
        found += page["items"]
        cursor = page["next-cursor"]
    return found


def test_a_relation_waits_for_its_object_and_both_sides_show_when_it_comes(hub: Hub):
    croid = hub.deposit(preprint())["records"][0]["croid"]
    [item] = hub.get(f"/works/{PREPRINT}/relationships")["items"]
    assert (item["type"], item["object"]["state"]) == ("is-preprint-of", "unknown")
    assert item["object"]["identifiers"] == [f"doi:{ARTICLE}"]
    assert hub.get(f"/works/{PREPRINT}/relationships")["counts"] == {}
    [awaited] = hub.get(f"/relationships?object=doi:{ARTICLE}")["items"]
    assert awaited == item

    index = int(hub.client.get("/changes").headers["x-nexus-index"])
    other = hub.deposit(record(ARTICLE))["records"][0]
    [told] = hub.get(f"/works/{ARTICLE}/relationships")["items"]
    assert (told["type"], told["asserted-by"]) == ("has-preprint", ["object"])
    assert told["object"]["croid"] == croid
    assert hub.get(f"/works/{ARTICLE}/relationships")["counts"] == {"has-preprint": 1}

    changes = hub.get(f"/changes?after={index}")["items"]
    assert [(c["index"], c["change"], c["fields"]) for c in changes if c["agent"] == "nexus"] == [
        (index + 2, "updated", ["/relation/is-preprint-of"]),
        (index + 2, "updated", ["/relation/has-preprint"]),
    ]
    assert {c["croid"] for c in changes} == {croid, other["croid"]}
    assert {c["revision"] for c in changes if c["croid"] == other["croid"]} == {other["revision"]}
    [changed] = hub.get(f"/relationships/changes?after={index}")["items"]
    assert (changed["first-index"], changed["index"]) == (index, index + 2)
    assert hub.get(f"/relationships/changes?after={index + 2}")["items"] == []


def test_what_nobody_asserts_any_more_is_told_as_retracted_and_may_come_back(hub: Hub):
    hub.deposit(preprint(), record(ARTICLE))
    hub.deposit(record(PREPRINT))
    [item] = hub.get(f"/works/{ARTICLE}/relationships")["items"]
    assert item["state"] == "retracted"
    assert hub.get(f"/works/{ARTICLE}/relationships?state=current")["items"] == []
    assert hub.get(f"/works/{ARTICLE}/relationships")["counts"] == {}
    last = hub.get("/changes?after=0&limit=1000")["items"][-2:]
    assert {change["agent"] for change in last} == {"nexus"}
    hub.deposit(preprint())
    [again] = hub.get(f"/works/{ARTICLE}/relationships")["items"]
    assert again["state"] == "current"
    assert again["first-index"] == item["first-index"] < item["index"] < again["index"]


def test_lists_are_told_from_the_side_that_is_asked_for(hub: Hub):
    notice = record(NOTICE, **{"update-to": [{"DOI": ARTICLE, "type": "retraction"}]})
    reference = {"reference": [{"key": str(n), "DOI": f"10.5555/r.{n}"} for n in range(7)]}
    hub.deposit(preprint(), record(ARTICLE, **reference), notice)
    croid = hub.get(f"/works/{ARTICLE}/relationships?type=has-preprint")["items"][0]["subject"][
        "croid"
    ]
    seen = follow(hub, f"/relationships?subject={croid}", 2)
    assert sorted(item["type"] for item in seen) == ["cites"] * 7 + [
        "has-preprint",
        "is-retracted-by",
    ]
    assert {item["subject"]["croid"] for item in seen} == {croid}
    assert follow(hub, f"/relationships?subject={croid}", 1000) == seen

    turned = follow(hub, f"/relationships?object={croid}", 3)
    assert [item["inverse"] for item in turned] == [item["type"] for item in seen]
    [one] = hub.get(f"/relationships?object={ARTICLE}&type=retracts&asserted-by=subject")["items"]
    assert one["subject"]["identifiers"] == [f"doi:{NOTICE}"]
    assert one["source"] == ["update-to"]
    assert (
        hub.get(f"/relationships?object={ARTICLE}&type=retracts&asserted-by=object")["items"] == []
    )
    assert len(hub.get(f"/relationships?subject={ARTICLE}&object={PREPRINT}")["items"]) == 1
    assert len(hub.get(f"/relationships?subject={ARTICLE}&source=reference")["items"]) == 7
    [all_of] = hub.get("/relationships?type=is-retracted-by")["items"]
    assert all_of["type"] == "is-retracted-by"
    everything = follow(hub, "/relationships", 2)
    assert len(everything) == 9
    assert hub.get(f"/relationships?from-index={everything[-1]['index'] + 1}")["items"] == []

    assert len(follow(hub, f"/works/{ARTICLE}/references", 4)) == 7
    assert hub.get(f"/works/{ARTICLE}/citations")["items"] == []
    hub.deposit(record("10.5555/r.3"))
    [citing] = hub.get("/works/10.5555/r.3/citations")["items"]
    assert citing["object"]["identifiers"] == [f"doi:{ARTICLE}"]
    assert hub.get(f"/works/{ARTICLE}/references")["counts"] == {"cites": 1}


def test_relations_lead_to_the_survivor_of_a_merger_and_tell_of_deletion(hub: Hub):
    status = hub.deposit(preprint(), record(ARTICLE), record("10.5555/other"))
    croids = {one["doi"]: decode(one["croid"]) for one in status["records"]}

    def edit(action: Any, doi: str, **more: Any) -> None:
        with hub.database.connect(None) as connection:
            editing.apply(connection, VULCANUS, [Edit(action, croids[doi], **more)])
        hub.work()

    edit("redirect", ARTICLE, target=croids["10.5555/other"])
    [item] = hub.get("/works/10.5555/other/relationships")["items"]
    assert (item["type"], item["object"]["identifiers"]) == ("has-preprint", [f"doi:{PREPRINT}"])
    answer = hub.client.get(f"/works/{ARTICLE}/relationships?rows=3", follow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["location"] == "/works/10.5555%2Fother/relationships?rows=3"

    edit("delete", "10.5555/other")
    [item] = hub.get(f"/works/{PREPRINT}/relationships")["items"]
    assert (item["state"], item["object"]["state"]) == ("current", "deleted")
    assert hub.get(f"/works/{PREPRINT}/relationships")["counts"] == {}
    assert hub.client.get("/works/10.5555/other/relationships").status_code == 410


def test_the_graph_around_an_object(hub: Hub):
    chain = [f"10.5555/g.{n}" for n in range(5)]
    hub.deposit(
        *(
            record(doi, reference=[{"key": "1", "DOI": following}])
            for doi, following in zip(chain, [*chain[1:], chain[0]], strict=True)
        )
    )
    root = hub.get(f"/id/doi/{chain[0]}")["croid"]
    near = hub.get(f"/graph/{root}")
    assert [node["distance"] for node in near["nodes"]] == [0, 1, 1]
    assert len(near["edges"]) == 2
    assert not near["truncated"]
    far = hub.get(f"/graph/{root}?depth=3&types=is-cited-by")
    assert (len(far["nodes"]), len(far["edges"])) == (5, 5)
    cut = hub.get(f"/graph/{root}?depth=3&limit=3")
    assert (len(cut["edges"]), cut["truncated"]) == (3, True)
    assert hub.get(f"/graph/{root}?types=retracts")["edges"] == []
    assert hub.client.get(f"/graph/{root}?depth=4").status_code == 400


def test_an_idle_poll_is_304_and_bad_words_are_told(hub: Hub):
    hub.deposit(preprint())
    for path in (
        "/relationships",
        "/relationships/changes",
        f"/works/{PREPRINT}/relationships",
        f"/works/{PREPRINT}/references",
        f"/works/{PREPRINT}/citations",
        f"/graph/{hub.get(f'/id/doi/{PREPRINT}')['croid']}",
    ):
        answer = hub.client.get(path)
        held = {"If-None-Match": answer.headers["etag"]}
        assert hub.client.get(path, headers=held).status_code == 304
        head = hub.client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert hub.client.get(f"{path}?nonsense=1").status_code == 400
    for query, told in (
        ("type=retarcts", "did you mean retracts"),
        ("source=references", "did you mean reference?"),
        ("subject=nothing", "a CROID or an identifier"),
        ("cursor=x", "cursor"),
        ("state=gone", "state"),
    ):
        answer = hub.client.get(f"/relationships?{query}")
        assert answer.status_code == 400, query
        assert told in answer.text, query
    cursor = hub.get("/relationships?rows=1")["next-cursor"]
    assert hub.client.get(f"/relationships?type=cites&cursor={cursor}").status_code == 400
    assert hub.client.get("/works/10.5555/none/relationships").status_code == 404
    assert hub.client.get("/graph/01jexample0000000000000000").status_code == 404
