"""`/works/{doi}` and `/organizations/{ror}`: formats, conditional requests, counts, paths."""

import json

import pytest

from stories.hub import OXFORD, Hub, hub, record

__all__ = ["hub"]
DOI = "10.5555/a(b);c/"
CSL = "application/vnd.citationstyles.csl+json"
BIBTEX = "application/x-bibtex"


def test_a_work_is_crossrefs_envelope_around_the_record(hub: Hub):
    hub.deposit(record(DOI, reference=[{"key": "1", "DOI": "10.5555/B"}, {"key": "2"}]))
    hub.deposit(record("10.5555/b"), record("10.5555/c", reference=[{"DOI": "10.5555/b"}] * 2))
    answer = hub.client.get(f"/works/{DOI}")
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert {name: told[name] for name in told if name != "message"} == {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
    }
    message = told["message"]
    assert message["URL"] == "https://doi.org/10.5555/a(b);c/"
    assert message["prefix"] == "10.5555"
    assert message["reference-count"] == message["references-count"] == 2
    assert message["is-referenced-by-count"] == 0
    assert message["created"]["timestamp"] <= message["indexed"]["timestamp"]
    assert "score" not in message
    assert hub.get("/works/10.5555/b")["message"]["is-referenced-by-count"] == 2


def test_dois_are_found_however_they_are_written(hub: Hub):
    hub.deposit(record(DOI))
    for path in (
        f"/works/{DOI}",
        f"/works/{DOI.upper()}",
        "/works/10.5555%2Fa(b);c%2F",
        "/v1/works/10.5555%2fA(B);C%2f",
        f"/works?id=doi:{DOI}",
    ):
        assert hub.get(path)["message"]["DOI"] == DOI, path
    for path in ("/works/10.5555/a(b);c", "/works/10.5555/a", "/works/10.5555/A(B)"):
        assert hub.client.get(path).status_code == 404, path


def test_a_work_comes_in_the_format_that_is_preferred(hub: Hub):
    hub.deposit(record(DOI), record("10.5555/nobody", author=[]))
    for accept, media_type in {
        "*/*": "application/json",
        "application/json;q=0.1, application/x-bibtex": BIBTEX,
        "image/png, application/citeproc+json;q=0.5": CSL,
        "application/vnd.crossref-api-message+json": "application/json",
    }.items():
        answer = hub.client.get(f"/works/{DOI}", headers={"accept": accept})
        assert answer.headers["content-type"] == media_type, accept
        assert answer.headers["vary"].lower() == "accept"
    answer = hub.client.get(f"/works/{DOI}", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert all(name in answer.json()["detail"] for name in ("application/json", CSL, BIBTEX))

    item = hub.get(f"/works/{DOI}/transform/{CSL}")
    assert item["title"] == "A light in the house"
    assert item["custom"]["croid"] == hub.client.get(f"/works/{DOI}").headers["x-nexus-croid"]
    entry = hub.client.get(f"/works/{DOI}/transform/application%2Fx-bibtex").text
    assert entry.startswith("@article{lovelace2024light,")
    assert hub.client.get(f"/works/{DOI}/transform/image/png").status_code == 406
    entry = hub.client.get(f"/works/10.5555/nobody/transform/{BIBTEX}").text
    assert entry.startswith("@article{anon2024light,\n  key = {Example Press},")
    assert hub.get(f"/works/10.5555/nobody/transform/{CSL}")["id"] == "10.5555/nobody"


def test_tags_tell_representations_apart_and_hold_until_something_changes(hub: Hub):
    hub.deposit(record("10.5555/b"))
    asked = [
        ("/works/10.5555/b", "application/json"),
        ("/works/10.5555/b", BIBTEX),
        ("/works/10.5555/b", CSL),
        ("/works/10.5555/b?view=deposited", "application/json"),
        ("/works/10.5555/b/explain", "application/json"),
    ]

    def tags() -> list[str]:
        answers = [hub.client.get(path, headers={"accept": accept}) for path, accept in asked]
        return [answer.headers["etag"] for answer in answers]

    held = tags()
    assert len(set(held)) == len(held)
    assert tags() == held
    for (path, accept), tag in zip(asked, held, strict=True):
        headers = {"accept": accept, "if-none-match": f'"other", {tag}'}
        answer = hub.client.get(path, headers=headers)
        assert (answer.status_code, answer.content) == (304, b""), path
        assert answer.headers["etag"] == tag
        assert "x-nexus-index" in answer.headers
    # A citation changes no revision of what it cites, but the count in the answer.
    hub.deposit(record("10.5555/c", reference=[{"DOI": "10.5555/b"}]))
    cited = tags()
    assert [one == other for one, other in zip(held, cited, strict=True)] == [False] * 4 + [True]
    answer = hub.client.get("/works/10.5555/b", headers={"if-none-match": held[0]})
    assert answer.json()["message"]["is-referenced-by-count"] == 1


def test_an_idle_list_is_not_read_again(hub: Hub):
    hub.deposit(record("10.5555/b"))
    for path in ("/works", "/works?query=light", "/works?rows=1&cursor=*"):
        first = hub.client.get(path)
        held = {"if-none-match": first.headers["etag"]}
        assert hub.client.get(path, headers=held).status_code == 304, path
    hub.deposit(record("10.5555/c"))
    assert hub.client.get(path, headers=held).status_code == 200
    answer = hub.client.get("/works?query=light", headers=held)
    assert answer.json()["message"]["total-results"] == 2


@pytest.mark.parametrize("is_there", [True, False])
def test_head_tells_what_get_would(hub: Hub, is_there: bool):
    if is_there:
        hub.deposit(record("10.5555/b"))
    for path in ("/works/10.5555/b", "/works", "/works?query=light", "/changes", "/reports"):
        head, got = hub.client.head(path), hub.client.get(path)
        assert head.status_code == got.status_code, path
        assert head.content == b""
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers.get("etag") == got.headers.get("etag")
        if "content-length" in head.headers:
            assert head.headers["content-length"] == got.headers["content-length"]


def test_unknown_parameters_are_told_with_what_was_meant(hub: Hub):
    answer = hub.client.get("/works?qeury=light")
    assert answer.status_code == 400
    (message,) = answer.json()["message"]
    assert message["parameter"] == "qeury"
    assert "did you mean query" in message["message"]
    assert hub.client.get("/works?mailto=me@example.org&query=%FF&rows=0").status_code == 200


def test_an_organisation_is_the_rors_record_with_a_croid(hub: Hub):
    hub.organisations(OXFORD)
    for written in ("052gg0110", "ror.org/052gg0110", "https://ror.org/052gg0110", "052GG0110"):
        answer = hub.client.get(f"/organizations/{written}")
        assert answer.status_code == 200, answer.text
    told = answer.json()
    croid = told.pop("croid")
    assert told == json.loads(json.dumps(OXFORD))
    assert hub.get(f"/cro/{croid}")["record"] == told
    held = {"if-none-match": answer.headers["etag"]}
    assert hub.client.get("/organizations/052gg0110", headers=held).status_code == 304
    assert hub.client.get("/organizations/05xpvk416").status_code == 404
    assert hub.client.get("/organizations/052gg0111").status_code == 400
