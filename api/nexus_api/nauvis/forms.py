"""What refuses a request whole: less than what its records have to hold.

A record of a deposit that is wrong is rejected alone, with a verdict of its own; what one has to
hold is published as `/schemas/deposit`. So the contract tells no more of a body than what makes it
one that can be taken.
"""

from __future__ import annotations

from typing import Any, Final

from nexus_hub.nauvis.service import MAX_RECORDS

_MANY: Final = {"type": "array", "minItems": 1, "maxItems": MAX_RECORDS}
_EACH: Final = "Each stands alone; `/schemas/deposit` says what one holds."
DEPOSIT: Final[dict[str, Any]] = {
    "description": "Records, or what the REST API answers: a work, a list of works, an envelope.",
    "anyOf": [
        {
            "type": "object",
            "required": ["records"],
            "properties": {
                "records": _MANY | {"description": _EACH},
                "test": {"type": "boolean", "default": False},
                "atomic": {"type": "boolean", "default": False},
                "callback": {"type": ["string", "null"]},
            },
        },
        {"type": "object", "required": ["message"]},
        {"type": "object", "required": ["items"], "properties": {"items": _MANY}},
        {"type": "object", "required": ["DOI"], "properties": {"DOI": {"type": "string"}}},
    ],
}
ITEMS: Final[dict[str, Any]] = {
    "description": "One item, or several; each stands alone.",
    "anyOf": [_MANY, {"type": "object"}],
}
DOI_DOCUMENT: Final[dict[str, Any]] = {
    "description": "Attributes of DataCite's schema 4; errors name those that cannot be taken.",
    "type": "object",
    "required": ["data"],
    "properties": {
        "data": {
            "type": "object",
            "required": ["attributes"],
            "properties": {
                "attributes": {
                    "type": "object",
                    "properties": {
                        "doi": {"type": ["string", "null"]},
                        "prefix": {"type": ["string", "null"]},
                    },
                }
            },
        }
    },
}
