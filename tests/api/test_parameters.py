"""Parameters are what the contract says: a word like null stands for nothing but itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import get, post
from litestar.params import FromPath, QueryParameter

from nexus_api.openapi import contract_get

Kind = Annotated[Literal["work", "release"] | None, QueryParameter(name="a-kind")]
Words = Annotated[str | None, QueryParameter()]
Index = Annotated[int, QueryParameter(name="from-index", ge=0, le=2**62)]


@get("/things/{thing:str}", sync_to_thread=False)
def thing_get(
    thing: FromPath[str], kind: Kind = None, words: Words = None, index: Index = 0
) -> dict[str, Any]:
    return {"kind": kind, "words": words}


@post("/things/{name:str}", sync_to_thread=False)
def thing_make(name: FromPath[str]) -> None:
    return None


def test_null_is_no_way_to_leave_a_filter_out(serve) -> None:
    client = serve(thing_get)
    for null in ("null", "NULL", "null&a-kind=null"):
        answer = client.get(f"/things/1?a-kind={null}")
        assert answer.status_code == 400
        assert answer.json()["message"][0]["parameter"] == "a-kind"
    assert client.get("/things/1?a-kind=work").json() == {"kind": "work", "words": None}
    assert client.get("/things/1?words=null").json() == {"kind": None, "words": "null"}
    assert client.get("/things/1?other=null").status_code == 200


def test_a_parameter_is_named_as_it_was_sent(serve) -> None:
    answer = serve(thing_get).get("/things/1?from-index=-1")
    fault = answer.json()["message"][0]
    assert fault["parameter"] == "from-index"
    assert fault["message"].startswith("from-index: ")


def test_options_tells_the_methods_of_all_handlers_of_a_path(serve) -> None:
    client = serve(thing_get, thing_make)
    allowed = client.options("/things/1").headers["allow"].split(", ")
    assert sorted(allowed) == ["GET", "HEAD", "OPTIONS", "POST"]
    assert client.put("/things/1").headers["allow"].count("HEAD") == 1


def test_the_contract_tells_no_parameter_to_be_null_and_limits_exactly(serve) -> None:
    contract = serve(contract_get, thing_get).get("/openapi.json").json()
    told = {one["name"]: one for one in contract["paths"]["/things/{thing}"]["get"]["parameters"]}
    assert told["a-kind"]["schema"]["type"] == "string"
    assert told["a-kind"]["schema"]["enum"] == ["work", "release"]
    assert told["words"]["schema"] == {"type": "string"}
    assert told["from-index"]["schema"]["maximum"] == 4611686018427387904
