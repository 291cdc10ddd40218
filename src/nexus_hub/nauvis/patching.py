"""Patches of a deposited record: merge patches (RFC 7396) and JSON Patches (RFC 6902).

A patch is somebody else's text: what it may grow to, how deep and how long it may be is bounded.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import jsonpatch
import jsonpointer

from nexus_hub.catalog.canonical import MAX_DEPTH, RefusedRecordError, decode, encode
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise_doi
from nexus_hub.nauvis.errors import MalformedPatch, PatchDoesNotApply

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
MEDIA_TYPES = (MERGE_PATCH, JSON_PATCH)
MOST_OPERATIONS = 1000
MOST_BYTES = 5_000_000
"""How large a patched record may become, and all that a patch copies together."""
_NAMES = frozenset({"add", "remove", "replace", "move", "copy", "test"})
_NEEDED = {"add": "value", "replace": "value", "test": "value", "move": "from", "copy": "from"}


class PatchError(Exception):
    """A patch that is refused: the error it becomes, and the JSON pointer into the patch."""

    def __init__(self, error: MalformedPatch | PatchDoesNotApply, pointer: str) -> None:
        super().__init__(error.detail)
        self.error = error
        self.pointer = pointer


def read_patch(raw: bytes, media_type: str) -> Any:
    """The document of a patch, checked for its shape. Raises `PatchError`."""
    try:
        document = decode(raw)
    except RefusedRecordError as refused:
        raise _malformed(refused.problem.pointer, str(refused)) from None
    if media_type == JSON_PATCH:
        check_operations(document)
    elif not isinstance(document, dict):
        raise _malformed("", "a merge patch of a work is an object")
    return document


def check_operations(document: Any) -> None:
    """Refuse what is no JSON Patch of a sensible length. Raises `PatchError`."""
    if not isinstance(document, list) or not 0 < len(document) <= MOST_OPERATIONS:
        raise _malformed("", f"a JSON Patch is an array of 1 to {MOST_OPERATIONS} operations")
    for i, one in enumerate(document):
        if not isinstance(one, dict) or str(one.get("op")) not in _NAMES:
            raise _malformed(f"/{i}/op", f"an operation is one of {', '.join(sorted(_NAMES))}")
        if not isinstance(one.get("path"), str):
            raise _malformed(f"/{i}/path", "the path is a JSON pointer")
        needed = _NEEDED.get(one["op"])
        if needed and needed not in one:
            raise _malformed(f"/{i}", f"{one['op']} needs {needed}")
        if needed == "from" and not isinstance(one["from"], str):
            raise _malformed(f"/{i}/from", "from is a JSON pointer")


def apply(body: dict[str, Any], document: Any, media_type: str, doi: str) -> dict[str, Any]:
    """What the patch makes of a body, which is left as it is. Raises `PatchError`.

    The DOI stays what it is, however it is spelt.

    >>> apply({"DOI": "10.1234/a", "title": ["A"]}, {"title": None}, MERGE_PATCH, "10.1234/a")
    {'DOI': '10.1234/a'}
    """
    if media_type == JSON_PATCH:
        patched = apply_operations(copy.deepcopy(body), document)
    else:
        patched = merge(body, document)
    if not isinstance(patched, dict):
        raise _malformed("", "what is left is no object")
    if _doi_of(patched) != doi:
        raise _malformed("/DOI", f"a patch does not change the DOI, which is {doi}")
    _check_size(patched)
    return patched


def merge(target: Any, patch: Any) -> Any:
    """A value with a merge patch applied.

    >>> merge({"a": {"b": 1, "c": 2}}, {"a": {"b": None}, "d": [None]})
    {'a': {'c': 2}, 'd': [None]}
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


def apply_operations(body: Any, operations: Sequence[dict[str, Any]]) -> Any:
    """What a JSON Patch makes of a body, which is changed in place. Raises `PatchError`."""
    copied = 0
    for i, one in enumerate(operations):
        try:
            if one["op"] == "test":
                _test(body, one)
                continue
            if one["op"] == "copy":
                copied += len(encode(jsonpointer.resolve_pointer(body, one["from"])))
            if copied > MOST_BYTES:
                raise _malformed(f"/{i}", f"it copies more than {MOST_BYTES:,} bytes")
            body = jsonpatch.JsonPatch([one]).apply(body, in_place=True)
        except (jsonpatch.InvalidJsonPatch, TypeError, ValueError) as error:
            raise _malformed(f"/{i}", f"{one['op']} {one['path']}: {error}") from None
        except RecursionError:
            raise _malformed(f"/{i}", "it nests too deeply") from None
        except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException) as error:
            detail = f"{one['op']} {one['path'] or '(all of it)'}: {error}"
            raise PatchError(PatchDoesNotApply(detail[:500]), f"/{i}") from None
    return body


def _test(body: Any, one: dict[str, Any]) -> None:
    # Both are canonical: what is the same is written in the same way.
    if encode(jsonpointer.resolve_pointer(body, one["path"])) != encode(one["value"]):
        raise jsonpatch.JsonPatchTestFailed("another value stands there")


def _doi_of(body: dict[str, Any]) -> str | None:
    given = body.get("DOI")
    try:
        return normalise_doi(given) if isinstance(given, str) else None
    except MalformedIdentifier:
        return None


def _check_size(body: dict[str, Any]) -> None:
    try:
        size = len(encode(body))
    except (TypeError, ValueError, RecursionError):
        raise _malformed(
            "", f"more than {MAX_DEPTH} arrays and objects within each other"
        ) from None
    if size > MOST_BYTES:
        raise _malformed("", f"what it makes has more than {MOST_BYTES:,} bytes")


def _malformed(pointer: str, detail: str) -> PatchError:
    return PatchError(MalformedPatch(detail[:500]), pointer)
