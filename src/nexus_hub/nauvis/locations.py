"""Where a name leads: its locations, which of them is meant, and the same as a handle value.

Rules: handle type `10320/loc`, as the handle proxy applies it: first what the link names
(`locatt`), then the country of who asks, then weights. One rule of our own: a location for one
country is nobody else's unless a weight says so, and where no weight is told people choose.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import quoteattr

SCHEMES = frozenset({"http", "https", "ftp"})
"""What a browser may be sent to."""

CHOSEN_BY = ("locatt", "country", "weighted")
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"
_dice = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Location:
    """One place of an object; `number` is 0 for the primary one, `url` is ASCII."""

    number: int
    url: str
    label: str = ""
    country: str = ""
    weight: float | None = None

    @property
    def share(self) -> float:
        """Its weight, or what it has without one: 1, and 0 where it is for one country alone."""
        if self.weight is not None:
            return self.weight
        return 0.0 if self.country else 1.0

    def has(self, name: str, value: str | None) -> bool:
        """Whether an attribute is there and, where one is told, has this value."""
        held = self.attributes().get(name)
        return held is not None and (value is None or held.lower() == value.lower())

    def attributes(self) -> dict[str, str]:
        """What stands in its XML element."""
        told = {"id": str(self.number), "href": self.url, "weight": f"{self.share:g}"}
        told |= {"label": self.label} if self.label else {}
        return told | ({"country": self.country} if self.country else {})


def read_locations(resource: Any) -> list[Location]:
    """The locations in the `resource` of a work, those alone that a browser may be sent to.

    >>> read_locations({"primary": {"URL": "https://a.org/ü"}, "secondary": [{"URL": "data:,"}]})
    [Location(number=0, url='https://a.org/%C3%BC', label='', country='', weight=None)]
    """
    if not isinstance(resource, Mapping):
        return []
    secondary = resource.get("secondary")
    given = [resource.get("primary"), *(secondary if isinstance(secondary, list) else ())]
    read = [_read(number, one) for number, one in enumerate(given) if isinstance(one, Mapping)]
    return [location for location in read if location]


def choose(
    locations: Sequence[Location], wanted: Iterable[str] = (), country: str = ""
) -> Sequence[Location]:
    """Those of the locations that are meant: one, or several that people have to choose among.

    `wanted` are pairs `attribute:value` as `locatt` has them, `country` is an ISO 3166-1 code of
    two letters. What fits none of the locations is passed over.

    >>> two = [Location(0, "https://a.org/"), Location(1, "https://b.org/", country="gb")]
    >>> [one.number for one in choose(two, country="GB")], [one.number for one in choose(two)]
    ([1], [0])
    """
    left = list(locations)
    for pair in wanted:
        name, colon, value = pair.partition(":")
        fitting = [one for one in left if one.has(name.strip(), value if colon else None)]
        left = fitting or left
    if country:
        left = [one for one in left if one.country == country.strip().lower()] or left
    if len(left) < 2:
        return left
    shared = [one for one in left if one.share > 0]
    if any(one.weight is not None for one in left):
        weights = [one.share for one in shared]
        return _dice.choices(shared, weights) if shared else [_dice.choice(left)]
    return shared if len(shared) == 1 else left


def write_loc(locations: Sequence[Location]) -> str:
    """Locations as the value of type `10320/loc`, from which handle proxies choose as we do.

    >>> print(write_loc([Location(0, "https://a.org/?a&b")]).replace("><", ">\\n<"))
    <locations chooseby="locatt,country,weighted">
    <location id="0" href="https://a.org/?a&amp;b" weight="1"/>
    </locations>
    """
    elements = (
        "".join(f" {name}={quoteattr(value)}" for name, value in one.attributes().items())
        for one in locations
    )
    inner = "".join(f"<location{element}/>" for element in elements)
    return f'<locations chooseby="{",".join(CHOSEN_BY)}">{inner}</locations>'


def web_url(text: Any) -> str | None:
    """A URL in ASCII that a browser may be sent to; None for whatever else it is.

    >>> web_url("https://exämple.org/a b"), web_url("javascript:alert(1)"), web_url("https://")
    ('https://xn--exmple-cua.org/a%20b', None, None)
    """
    if not isinstance(text, str):
        return None
    text = text.strip()
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in SCHEMES or not host:
        return None
    netloc = parts.netloc if host.isascii() else parts.netloc.lower().replace(host, ascii_host)
    if not netloc.isascii():
        return None
    try:
        return quote(parts._replace(netloc=netloc).geturl(), safe=_URL_SAFE)
    except UnicodeError:
        return None


def _read(number: int, given: Mapping[str, Any]) -> Location | None:
    url = web_url(given.get("URL"))
    if url is None:
        return None
    label, country, weight = given.get("label"), given.get("country"), given.get("weight")
    is_number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
    return Location(
        number,
        url,
        label if isinstance(label, str) else "",
        country.lower() if isinstance(country, str) else "",
        max(0.0, float(weight)) if is_number else None,
    )
