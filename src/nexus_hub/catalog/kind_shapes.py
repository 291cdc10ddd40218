"""Shapes of single values whose every fault is an error: what an editor writes must be right.

What a depositor sends is mended where that is harmless; an editor is there to be asked again.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from nexus_hub.catalog.shape import ABSENT, Place, Problems, Record, Several, Shape, report
from nexus_hub.croid.codec import decode, encode
from nexus_hub.croid.errors import MalformedCroid, MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

LONGEST_SIZE: Final = 2**63 - 1
"""What the database counts up to."""


class Checked(Shape, ABC):
    """Text that a rule reads into its normal form, or refuses."""

    expected = "text"
    code = ""

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the normal form of the text; an error where it has none."""
        if type(value) is not str:
            return self.refuse(value, place, problems)
        normal = self.normal(value)
        if normal is None:
            report(problems, place, self.code, f"{value[:100]!r} is no {self.expected}", "error")
            return ABSENT
        return value if normal == value else normal

    @abstractmethod
    def normal(self, text: str) -> str | None:
        """The normal form, or None."""

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string"}


class Term(Checked):
    """A word of a vocabulary."""

    def __init__(self, vocabulary: str, terms: Collection[str]) -> None:
        self.vocabulary = vocabulary
        self.expected = f"{vocabulary} of the vocabulary"
        self.code = "unknown-" + vocabulary.replace("_", "-")
        self._terms = frozenset(terms)

    def normal(self, text: str) -> str | None:
        """The word itself."""
        return text if text in self._terms else None

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "enum": sorted(self._terms)}


class Identifier(Checked):
    """An identifier of one scheme, in its normal form."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self.expected = f"identifier of the scheme {scheme}"
        self.code = f"malformed-{scheme}"

    def normal(self, text: str) -> str | None:
        """The normal form that the scheme has."""
        try:
            return normalise(self.scheme, text)
        except MalformedIdentifier:
            return None


class Croid(Checked):
    """The CROID of another object, as it is written."""

    expected = "CROID"
    code = "malformed-croid"

    def normal(self, text: str) -> str | None:
        """The CROID in lower case, without confusions."""
        try:
            return encode(decode(text))
        except MalformedCroid:
            return None

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$"}


class Digest(Checked):
    """A hash in hexadecimal digits, lower-case."""

    def __init__(self, name: str, size_bits: int) -> None:
        self.expected = f"{name} in {size_bits // 4} hexadecimal digits"
        self.code = f"malformed-{name}"
        self._form = re.compile(f"[0-9a-f]{{{size_bits // 4}}}")

    def normal(self, text: str) -> str | None:
        """The digits in lower case."""
        folded = text.lower()
        return folded if self._form.fullmatch(folded) else None

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "pattern": f"^{self._form.pattern}$"}


class Day(Checked):
    """A day of the calendar, `2019-03-05`."""

    expected = "day as YYYY-MM-DD"
    code = "bad-date"

    def normal(self, text: str) -> str | None:
        """The day itself."""
        try:
            is_day = len(text) == 10 and date.fromisoformat(text).isoformat() == text
        except ValueError:
            return None
        return text if is_day else None

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "format": "date"}


class Moment(Checked):
    """A moment of RFC 3339, written in UTC: `2016-09-19T17:20:24Z`."""

    expected = "moment as YYYY-MM-DDTHH:MM:SSZ"
    code = "bad-timestamp"

    def normal(self, text: str) -> str | None:
        """The moment in UTC; a time without its zone is none."""
        if not _MOMENT.fullmatch(text):
            return None
        try:
            moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return moment.replace(tzinfo=None).isoformat() + "Z"

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "string", "format": "date-time"}


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)


class Whole(Shape):
    """A whole number within limits."""

    expected = "a whole number"

    def __init__(self, code: str, least: int, most: int) -> None:
        self._code, self._least, self._most = code, least, most

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the number; an error where it is none or too large."""
        if type(value) is not int:
            return self.refuse(value, place, problems)
        if self._least <= value <= self._most:
            return value
        detail = f"{value} is not between {self._least} and {self._most}"
        report(problems, place, self._code, detail, "error")
        return ABSENT

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        return {"type": "integer", "minimum": self._least, "maximum": self._most}


class Known(Record):
    """An object with known members alone, some of them required; others are left out, and told.

    A member that is null or missing is the same, and a required text must not be blank.
    """

    def __init__(self, members: Mapping[str, Shape], required: tuple[str, ...] = ()) -> None:
        super().__init__(members)
        self.required = required

    def read(self, value: Any, place: Place, problems: Problems) -> Any:
        """Give the object with every known member in its shape; an error for one missing."""
        read = super().read(value, place, problems)
        if read is ABSENT:
            return ABSENT
        for name in self.required:
            given = value.get(name)
            if given is None or (isinstance(given, str) and not given.strip()):
                code = "missing-" + name.replace("_", "-")
                report(problems, (place, name), code, f"{name} is required", "error")
        return read

    def _read_unknown(self, name: str, given: Any, place: Place, problems: Problems) -> Any:
        report(problems, (place, name), "unknown-member", "left out")
        return ABSENT

    def schema(self) -> dict[str, Any]:
        """Describe the shape as JSON Schema."""
        required = {"required": list(self.required)} if self.required else {}
        return {**super().schema(), **required}


SIZE: Final = Whole("bad-size", 0, LONGEST_SIZE)
STATUS_CODE: Final = Whole("bad-status-code", -(2**31), 2**31 - 1)
YEAR: Final = Whole("bad-year", -9999, 9999)
CROID: Final = Croid()
DAY: Final = Day()
MOMENT: Final = Moment()
MD5: Final = Digest("md5", 128)
SHA1: Final = Digest("sha1", 160)
SHA256: Final = Digest("sha256", 256)
NAMED: Final = Known({"croid": CROID}, required=("croid",))
"""Another object, by its CROID."""

SEVERAL_NAMED: Final = Several(NAMED)
