"""Declared shapes of JSON members: read what was given, mend what is harmless, name the rest.

A shape says what a member must look like. `read` gives the member in that shape, or `ABSENT` where
it has none; `schema` says the same as JSON Schema. Values are never changed in place: what needs
no mending is passed on as it is, so that reading a clean record costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from nexus_hub.catalog.canonical import Problem, Severity, pointer_to

Place = tuple[Any, str | int] | None
"""Where a value stands: the place of its parent and one step; `None` is the record itself."""

Problems = list[Problem]
Fold = Callable[[str, Place, Problems], str]

ABSENT: Final = object()
"""What `read` gives for a member that is left out."""

_NAMES = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}
_ONLY_TEXT = frozenset({str})


def report(
    problems: Problems, place: Place, code: str, detail: str, severity: Severity = "warning"
) -> None:
    """Add a problem at a place."""
    steps: list[str | int] = []
    while place is not None:
        place, step = place
        steps.append(step)
    problems.append(Problem(code, pointer_to(*reversed(steps)), detail, severity))


class Shape:
    """What a member must look like."""

    expected = "any value"

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the value in this shape, or `ABSENT`; what is wrong goes into `problems`."""
        return value

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema (2020-12)."""
        return {}

    def refuse(self, value: Any, place: Place, problems: Problems) -> Any:
        """Report a value of a wrong type."""
        found = _NAMES.get(type(value), "something else")
        report(problems, place, "wrong-type", f"{self.expected} expected, not {found}", "error")
        return ABSENT


class Text(Shape):
    """Text; a number is written out, with a warning."""

    expected = "text"

    def __init__(self, fold: Fold | None = None) -> None:
        self._fold = fold

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the text, in its normal form if the member has one."""
        kind = type(value)
        if kind is int or kind is float:
            report(problems, place, "number-for-text", f"read as {str(value)!r}")
            value = str(value)
        elif kind is not str:
            return self.refuse(value, place, problems)
        return value if self._fold is None else self._fold(value, place, problems)

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string"}


class Scalar(Shape):
    """A number, or true or false."""

    def __init__(self, expected: str, name: str, *kinds: type) -> None:
        self.expected = expected
        self._name = name
        self._kinds = frozenset(kinds)

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the value if it is of the right type; digits in quotes are a number."""
        if type(value) in self._kinds:
            return value
        if int in self._kinds and isinstance(value, str) and value.isdecimal() and len(value) < 16:
            report(problems, place, "text-for-number", f"{value!r} read as a number")
            return int(value)
        return self.refuse(value, place, problems)

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": self._name}


class Reserved(Shape):
    """A member that the catalogue alone writes: a depositor's is left out.

    Nothing is said where it looks as the catalogue's own answers have it, so that what was read
    here can be deposited again.
    """

    def __init__(self, why: str, *, is_told: bool = True) -> None:
        self._why = why
        self._is_told = is_told

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give nothing, and say why where it is not what the catalogue writes itself."""
        named = value.get("croid") if type(value) is dict and len(value) == 1 else value
        if self._is_told and type(named) is not str:
            report(problems, place, "reserved-member", f"left out: {self._why}")
        return ABSENT

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "readOnly": True}


class Several(Shape):
    """A list of values of one shape; a single value is taken for a list of one, with a warning."""

    def __init__(self, item: Shape) -> None:
        self.item = item
        self.expected = f"a list ({item.expected} each)"

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the list without what is absent or of the wrong type."""
        if type(value) is not list:
            single = self.item.read(value, place, problems)
            if single is ABSENT:
                return ABSENT
            report(problems, place, "single-value", "a list expected: read as a list of one")
            return [single]
        mended: list[Any] | None = None
        for index, item in enumerate(value):
            if item is None:
                report(problems, (place, index), "null-in-list", "left out")
                read = ABSENT
            else:
                read = self.item.read(item, (place, index), problems)
            if read is item:
                if mended is not None:
                    mended.append(item)
                continue
            if mended is None:
                mended = value[:index]
            if read is not ABSENT:
                mended.append(read)
        return value if mended is None else mended

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "array", "items": self.item.schema()}


class Texts(Several):
    """A list of texts."""

    def __init__(self, fold: Fold | None = None) -> None:
        super().__init__(Text(fold))
        self._is_plain = fold is None

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the list; nearly all are clean, and told so at once."""
        if self._is_plain and type(value) is list:
            if len(value) == 1 and type(value[0]) is str:
                return value
            if set(map(type, value)) <= _ONLY_TEXT:
                return value
        return super().read(value, place, problems)


class Record(Shape):
    """An object with known members; others are kept, with a warning.

    A member that is null is left out, but where `has_nulls`; so is one that is not known and whose
    name ends in `dropped`.
    """

    expected = "an object"

    def __init__(
        self, members: Mapping[str, Shape], dropped: str = "", has_nulls: bool = False
    ) -> None:
        self.members = dict(members)
        self._dropped = dropped
        self._null = None if has_nulls else ABSENT

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the object with every known member in its shape."""
        if type(value) is not dict:
            return self.refuse(value, place, problems)
        members = self.members
        mended: dict[str, Any] | None = None
        for name, given in value.items():
            shape = members.get(name)
            if shape is TEXT and type(given) is str:
                continue
            if shape is None:
                read = self._read_unknown(name, given, place, problems)
            else:
                here = place, name
                read = self._null if given is None else shape.read(given, here, problems)
            if read is given:
                continue
            if mended is None:
                mended = value.copy()
            if read is ABSENT:
                del mended[name]
            else:
                mended[name] = read
        return value if mended is None else mended

    def _read_unknown(self, name: str, given: Any, place: Place, problems: Problems) -> Any:
        if self._dropped and name.endswith(self._dropped):
            return ABSENT
        report(problems, (place, name), "unknown-member", "kept as given")
        return given

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        properties = {name: shape.schema() for name, shape in self.members.items()}
        return {"type": "object", "properties": properties}


class Open(Record):
    """An object with known members; others are kept, and nothing said."""

    def _read_unknown(self, name: str, given: Any, place: Place, problems: Problems) -> Any:
        return given


class Named(Shape):
    """An object whose members have names of the giver's choice and one shape."""

    expected = "an object"

    def __init__(self, item: Shape) -> None:
        self.item = item

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the object with every member in its shape."""
        if type(value) is not dict:
            return self.refuse(value, place, problems)
        if not value:
            return value
        members = {str(name): self.item for name in value}
        return Record(members).read(value, place, problems)

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "object", "additionalProperties": self.item.schema()}


TEXT: Final = Text()
TEXTS: Final = Texts()
INTEGER: Final = Scalar("a whole number", "integer", int)
NUMBER: Final = Scalar("a number", "number", int, float)
BOOLEAN: Final = Scalar("true or false", "boolean", bool)
OBJECT: Final = Scalar("an object", "object", dict)
