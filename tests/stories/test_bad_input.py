"""Bad input: a clear verdict on each bad record, the others go through, nothing is half written."""

import json

from stories.hub import Hub, hub, record, work

__all__ = ["hub"]

LONE_SURROGATE = r'{"doi": "10.5555/bad", "metadata": {"type": "book", "title": ["a\ud800b"]}}'
BAD_RECORDS = {
    "a number": ("5", "wrong-type", ""),
    "nothing": ("null", "wrong-type", ""),
    "no DOI": ('{"metadata": {"type": "book"}}', "no-doi", ""),
    "a DOI that is a number": ('{"doi": 5, "metadata": {}}', "wrong-type", "/doi"),
    "metadata that is a list": ('{"doi": "10.5555/bad", "metadata": []}', "wrong-type", ""),
    "no type": ('{"doi": "10.5555/bad", "metadata": {}}', "missing-type", "/metadata/type"),
    "another directory": ('{"doi": "11.5555/a", "metadata": {}}', "malformed-doi", "/doi"),
    "a short prefix": ('{"doi": "10.5/a", "metadata": {}}', "malformed-doi", "/doi"),
    "an unknown scheme": ('{"doi": "ark:/123/a", "metadata": {}}', "malformed-doi", "/doi"),
    "two DOIs": (
        '{"doi": "10.5555/bad", "metadata": {"DOI": "10.5555/worse"}}',
        "doi-mismatch",
        "/metadata/DOI",
    ),
    "a NUL": (
        r'{"doi": "10.5555/bad", "metadata": {"type": "book", "title": ["a\u0000b"]}}',
        "nul-character",
        "/metadata/title/0",
    ),
    "a NUL in the DOI": (r'{"doi": "10.5555/a\u0000b", "metadata": {}}', "malformed-doi", "/doi"),
    "a lone surrogate": (LONE_SURROGATE, "lone-surrogate", "/metadata/title/0"),
    "a surrogate in the DOI": (r'{"doi": "10.5555/\udfff"}', "lone-surrogate", "/doi"),
    "an endless number": (
        '{"doi": "10.5555/bad", "metadata": {"type": "book", "volume": 1e400}}',
        "number-out-of-range",
        "/metadata/volume",
    ),
    "an expectation nobody knows": (
        '{"doi": "10.5555/bad", "expect": "some", "metadata": {}}',
        "bad-expect",
        "/expect",
    ),
    "a state there is not": (
        '{"doi": "10.5555/bad", "state": "hidden"}',
        "unknown-state",
        "/state",
    ),
}
MALFORMED = {
    "": "truncated",
    "[]": "Expected `object`",
    "{}": "records",
    '{"records": {}}': "Expected `array`",
    '{"records": []}': "empty",
    '{"records": [{}], "test": "yes"}': "$.test",
    '{"records": [\n{},\n{"doi" "10.5555/a"}]}': "line 3, column 8",
}


def post(hub: Hub, body: bytes | str, **headers: str):
    given = {"content-type": "application/json"} | headers
    return hub.client.post("/deposits", content=body, headers=given)


def deposit(hub: Hub, body: bytes | str, rows: int = 20):
    answer = post(hub, body)
    assert answer.status_code == 202, answer.text
    hub.work()
    return hub.get(f"{answer.headers['location']}?rows={rows}")


def test_each_bad_record_is_told_and_the_others_go_through(hub: Hub):
    raws: list[str] = []
    for n, (raw, _, _) in enumerate(BAD_RECORDS.values()):
        # A DOI of its own for each, so that none is bad for being a duplicate.
        raws += [json.dumps(record(f"10.5555/good.{n}")), raw.replace("5/bad", f"5/bad.{n}")]
    body = "{" + f'"records": [{",".join(raws)}]' + "}"
    status = deposit(hub, body, rows=1000)
    assert status["state"] == "completed-with-errors"
    told = status["records"]
    assert [one["n"] for one in told] == list(range(1, len(raws) + 1))
    assert {one["result"] for one in told[::2]} == {"created"}
    assert {one["result"] for one in told[1::2]} == {"rejected"}
    for name, bad in zip(BAD_RECORDS, told[1::2], strict=True):
        _, code, pointer = BAD_RECORDS[name]
        faults = [(one["code"], one["pointer"], one["severity"]) for one in bad["problems"]]
        assert (code, pointer, "error") in faults, name
        assert all(one["detail"] for one in bad["problems"]), name
    assert hub.get("/works")["message"]["total-results"] == len(BAD_RECORDS)
    assert hub.client.get(f"/deposits/{status['id']}/raw").content == body.encode()


def test_of_two_records_of_one_doi_the_first_counts(hub: Hub):
    status = hub.deposit(
        record("10.5555/twice", title=["First"]), record("10.5555/TWICE", title=["Second"])
    )
    assert [told["result"] for told in status["records"]] == ["created", "rejected"]
    (problem,) = status["records"][1]["problems"]
    assert problem["code"] == "duplicate-in-deposit"
    assert "record 1" in problem["detail"]
    assert hub.get("/works/10.5555/twice")["message"]["title"] == ["First"]


def test_an_atomic_deposit_with_a_bad_record_changes_nothing(hub: Hub):
    status = hub.deposit(record("10.5555/good"), {"doi": "10.5/x", "metadata": work()}, atomic=True)
    assert status["atomic"] is True
    assert [told["result"] for told in status["records"]] == ["rejected", "rejected"]
    assert hub.client.get("/works/10.5555/good").status_code == 404
    assert hub.get("/changes")["items"] == []


def test_what_is_no_deposit_is_refused_whole(hub: Hub):
    for body, detail in MALFORMED.items():
        answer = post(hub, body)
        assert answer.status_code == 400, body
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "/problems/malformed-deposit"
        assert detail in answer.json()["detail"]
    with hub.database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM nauvis.deposit").fetchone() == (0,)


def test_what_is_too_large_or_no_json_is_not_taken(hub: Hub):
    answer = post(hub, b" " * 60_000_000)
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/body-too-large"
    answer = post(hub, '{"records": [' + ",".join(["{}"] * 10_001) + "]}")
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/deposit-too-large"
    answer = post(hub, "<record/>", **{"content-type": "application/xml"})
    assert answer.status_code == 415
    assert answer.json()["type"] == "/problems/unsupported-media-type"


def test_what_stands_beside_unreadable_text_stays_as_it_is(hub: Hub):
    title = r'["\\ud800 \ud83d\ude00"]'
    good = '{"doi": "10.5555/good", "metadata": {"type": "book", "title": ' + title + "}}"
    odd = json.dumps(record("10.5555/odd") | {"colour": "red"})
    not_utf8 = LONE_SURROGATE.replace("bad", "worse").encode().replace(rb"\ud800", b"\xff")
    raws = [raw.encode() for raw in (LONE_SURROGATE, good, odd)]
    status = deposit(hub, b'{"records": [' + b",".join([*raws, not_utf8]) + b"]}")
    told = status["records"]
    assert [one["result"] for one in told] == ["rejected", "created", "warning", "rejected"]
    assert told[3]["problems"][0]["code"] == "not-utf8"
    assert ("unknown-member", "/colour", "warning") in [
        (problem["code"], problem["pointer"], problem["severity"])
        for problem in told[2]["problems"]
    ]
    assert hub.get("/works/10.5555/good")["message"]["title"] == ["\\ud800 \U0001f600"]
