"""Patches of what was deposited, carried over to the record that was made of it."""

from typing import Any

import pytest

from nexus_hub.nauvis.carrying import carry
from nexus_hub.nauvis.patching import PatchError

DOI = "10.5555/a"
ADA, MARY = {"family": "Lovelace"}, {"family": "Somerville"}
BASE: dict[str, Any] = {"DOI": DOI, "author": [ADA, MARY], "title": ["A"]}
RECORD: dict[str, Any] = BASE | {"author": [ADA | {"croid": "0"}, MARY], "language": "en"}


def put(path: str, value: Any = "B", op: str = "replace") -> dict[str, Any]:
    return {"op": op, "path": path, "value": value}


def test_what_was_added_to_a_record_stays():
    patch = [put("/author/0", ADA, "test"), put("/author/0/family"), put("/author/-", MARY, "add")]
    patched = carry(BASE, RECORD, patch, DOI)
    assert patched["author"] == [{"family": "B", "croid": "0"}, MARY, MARY]
    assert patched["language"] == "en"
    assert RECORD["author"][0]["family"] == "Lovelace"


@pytest.mark.parametrize(
    ("record", "operation"),
    [
        ({"author": [MARY, ADA]}, put("/author/0/family")),
        ({"author": [ADA, MARY, ADA]}, put("/author/0/family")),
        ({"author": [ADA, MARY, ADA]}, put("/author/1", ADA, "add")),
        ({"title": ["Another"]}, put("/title/0")),
        ({"title": "A"}, put("/title/0")),
        ({"subtitle": ["B"]}, put("/subtitle", ["C"], "add")),
        ({"author": [MARY, ADA]}, {"op": "copy", "from": "/author/0", "path": "/editor"}),
    ],
)
def test_a_place_that_holds_something_else_is_not_touched(record, operation):
    with pytest.raises(PatchError, match="is not now what was deposited there") as refused:
        carry(BASE, BASE | record, [put("/title", ["A"], "test"), operation], DOI)
    assert refused.value.pointer in {"/0", "/1"}


def test_a_patch_that_does_not_fit_the_deposit_is_refused():
    for operation in (put("/volume"), put("/title/0", "Z", "test"), put("title")):
        with pytest.raises(PatchError):
            carry(BASE, RECORD, [operation], DOI)
