"""What a client prefers by its `Accept`, among things that have media types.

Rule: RFC 9110, section 12.5.1, with one addition where it leaves a choice: of equal weights the
more specific range wins, then the one that was named first, as users of doi.org expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

Offer = TypeVar("Offer")
MOST_RANGES = 64
"""More ranges than these are not read; the longest `Accept` of a browser has twelve."""

_RANGE = re.compile(r'((?:[^,"]|"(?:[^"\\]|\\.)*")+)')
_PARAMETER = re.compile(r';\s*([^\s;=]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;"]*)')


@dataclass(frozen=True, slots=True)
class Range:
    """A media type or range of such, with its parameters but `q`, and how much it is wanted."""

    media_type: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    q: float = 1.0

    @property
    def specificity(self) -> int:
        """How much it says: nothing, the first half, the type, or its parameters as well."""
        if self.media_type.endswith("/*"):
            return 0 if self.media_type == "*/*" else 1
        return 2 + len(self.parameters)

    def covers(self, media_type: str) -> bool:
        """Whether a media type is of this range."""
        if self.media_type.endswith("/*"):
            return self.media_type == "*/*" or media_type.startswith(self.media_type[:-1])
        return self.media_type == media_type


@lru_cache(maxsize=512)
def parse(header: str) -> tuple[Range, ...]:
    """The ranges of an `Accept`, the most wanted first; what cannot be read is left out.

    >>> [(one.media_type, dict(one.parameters), one.q) for one in
    ...     parse('text/html;q=0.8, text/x-bibliography; style="apa"; locale=fr, nonsense')]
    [('text/x-bibliography', {'style': 'apa', 'locale': 'fr'}, 1.0), ('text/html', {}, 0.8)]
    """
    told = [one for part in _RANGE.findall(header)[:MOST_RANGES] if (one := parse_range(part))]
    return tuple(sorted(told, key=lambda one: (-one.q, -one.specificity)))


def parse_range(text: str) -> Range | None:
    """One media type with its parameters, None where it is none."""
    kind, _, rest = text.partition(";")
    media_type = "*/*" if kind.strip() == "*" else kind.strip().lower()
    if media_type.count("/") != 1 or media_type.startswith("/") or media_type.endswith("/"):
        return None
    found = {name.lower(): _value(value) for name, value in _PARAMETER.findall(f";{rest}")}
    return Range(media_type, found, _weight(found.pop("q", "1")))


def choose(
    header: str, offers: Sequence[Offer], types: Callable[[Offer, Range], Iterable[str]]
) -> tuple[Offer, Range] | None:
    """What is wanted most of what is offered and the range that said so, None where nothing is.

    `types` are the media types under which a range may ask for an offer. An empty header wants
    anything, which is the first offer.
    """
    ranges = parse(header) if header.strip() else (Range("*/*"),)
    for wanted in ranges:
        if wanted.q <= 0:
            continue
        for offer in offers:
            if any(
                wanted.covers(kind) and not _is_refused(kind, wanted, ranges)
                for kind in types(offer, wanted)
            ):
                return offer, wanted
    return None


def _is_refused(media_type: str, wanted: Range, ranges: Sequence[Range]) -> bool:
    """Whether a range that says as much or more does not want the type at all."""
    return any(
        one.q <= 0 and one.covers(media_type) and one.specificity >= wanted.specificity
        for one in ranges
    )


def _value(text: str) -> str:
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text.strip()


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 1.0
    # Not a number is greater than nothing and less than nothing.
    return min(max(weight, 0.0), 1.0) if weight == weight else 0.0
