"""Entity tags and 304."""

from typing import Any

import pytest
from litestar import Request, Response, get

from nexus_api.conditional import is_fresh, item_etag, list_etag, not_modified

TAG = item_etag("revision", 7, None, "json")


@get("/item", operation_id="item_get")
async def item_get(request: Request[Any, Any, Any]) -> Response[Any]:
    if is_fresh(request, TAG):
        return not_modified(TAG)
    return Response({"a": 1}, headers={"ETag": TAG})


@get("/items", operation_id="item_list")
async def item_list(request: Request[Any, Any, Any]) -> Response[Any]:
    return Response({}, headers={"ETag": list_etag(41, request)})


def test_parts_of_a_tag_are_told_apart():
    tags = {item_etag("a", "bc"), item_etag("ab", "c"), item_etag("abc"), item_etag("abc", None)}
    assert len(tags) == 4


@pytest.mark.parametrize("held", [TAG, f"W/{TAG}", f'"x", {TAG}', "*"])
def test_a_client_that_holds_the_representation_is_told_so(serve, held):
    response = serve(item_get).get("/item", headers={"If-None-Match": held})
    assert response.status_code == 304
    assert response.headers["etag"] == TAG
    assert response.content == b""


@pytest.mark.parametrize("held", ['"x"', TAG.strip('"'), "", '"*"'])
def test_any_other_client_is_given_it(serve, held):
    response = serve(item_get).get("/item", headers={"If-None-Match": held})
    assert response.json() == {"a": 1}
    assert response.headers["etag"] == TAG


def test_a_list_has_another_tag_for_another_query(serve):
    client = serve(item_list)
    tags = [client.get(path).headers["etag"] for path in ("/items?a=1", "/items?a=2", "/items?a=1")]
    assert tags[0] == tags[2] != tags[1]
