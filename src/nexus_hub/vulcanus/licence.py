"""The strategy `licence-spdx`: the address of a licence becomes its identifier in SPDX's list.

Licences of Creative Commons are told from the parts of their address, however it is written; of
others the addresses are a table. Terms of publishers, those for text mining among them, have no
identifier: of them nothing is said. Identifiers: SPDX License List (spdx.org/licenses), and
`LicenseRef-` (SPDX specification, annex D) for ports of Creative Commons that it does not list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

from nexus_hub.catalog.crossref_forms import words
from nexus_hub.vulcanus.plain import Plain
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "licence-spdx"

VERSIONS: Final = words("1.0 2.0 2.5 3.0 4.0")
"""The versions of Creative Commons' licences that are of no country; 2.1 is of some countries."""

KINDS: Final = words("CC-BY CC-BY-NC CC-BY-NC-ND CC-BY-NC-SA CC-BY-ND CC-BY-SA")

PORTS: Final = frozenset(
    words("""
    CC-BY-2.5-AU CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US
    CC-BY-NC-3.0-DE CC-BY-NC-ND-3.0-DE CC-BY-NC-ND-3.0-IGO CC-BY-NC-SA-2.0-DE CC-BY-NC-SA-2.0-FR
    CC-BY-NC-SA-2.0-UK CC-BY-NC-SA-3.0-DE CC-BY-NC-SA-3.0-IGO CC-BY-ND-3.0-DE CC-BY-SA-2.0-UK
    CC-BY-SA-2.1-JP CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO
    """)
)
"""The ports to countries and organisations that SPDX lists."""

ADDRESSES: Final = {
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "creativecommons.org/licenses/publicdomain": "CC-PDDC",
    "creativecommons.org/publicdomain/mark/1.0": "CC-PDM-1.0",
    "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-By-1.0",
    "opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
    "opendatacommons.org/licenses/pddl/1-0": "PDDL-1.0",
    "opensource.org/licenses/apache-2.0": "Apache-2.0",
    "opensource.org/licenses/bsd-2-clause": "BSD-2-Clause",
    "opensource.org/licenses/bsd-3-clause": "BSD-3-Clause",
    "opensource.org/licenses/isc": "ISC",
    "opensource.org/licenses/mit": "MIT",
    "opensource.org/licenses/mpl-2.0": "MPL-2.0",
    "mozilla.org/mpl/2.0": "MPL-2.0",
    "unlicense.org": "Unlicense",
}
"""Addresses as `fold` has them. GNU's are missing: they do not say `only` or `or later`."""

_SCHEME: Final = re.compile(r"(?:https?:)?//(?:www\.)?|www\.", re.IGNORECASE)
_ENDING: Final = re.compile(r"/(?:legalcode|deed)(?:[.-][a-z_@-]+)?|/index\.html?|\.(?:html?|txt)")
_LICENCE: Final = re.compile(
    r"creativecommons\.org/licen[cs]es/(by(?:-?(?:nc|nd|sa))*)/(\d\.\d)(?:/([a-z]{2,8}))?"
)
_CONDITION: Final = re.compile("nc|nd|sa")


class Named(NamedTuple):
    """A licence: its identifier and the rule it was found by."""

    spdx: str
    rule: str


def fold(url: str) -> str:
    """An address without what does not tell one licence from another.

    >>> fold("HTTP://www.creativecommons.org/licenses/by/3.0/deed.en_US?ref=x")
    'creativecommons.org/licenses/by/3.0'
    """
    bare = re.split(r"[?#]", url.strip(), maxsplit=1)[0].lower()
    start = _SCHEME.match(bare)
    bare = re.sub("/{2,}", "/", bare[start.end() if start else 0 :]).rstrip("/")
    for ending in reversed(list(_ENDING.finditer(bare))):
        if ending.end() == len(bare):
            bare = bare[: ending.start()]
    return bare.rstrip("/")


@lru_cache(maxsize=1 << 12)
def name_licence(url: str) -> Named | None:
    """The licence that lies at an address; None where SPDX and Creative Commons know none.

    >>> name_licence("http://creativecommons.org/licenses/by-nc-nd/4.0/legalcode").spdx
    'CC-BY-NC-ND-4.0'
    >>> name_licence("https://creativecommons.org/licenses/by/3.0/es/").spdx
    'LicenseRef-CC-BY-3.0-ES'
    >>> name_licence("https://www.elsevier.com/tdm/userlicense/1.0/") is None
    True
    """
    folded = fold(url)
    if folded in ADDRESSES:
        return Named(ADDRESSES[folded], "address of a listed licence")
    found = _LICENCE.fullmatch(folded)
    return _creative_commons(*found.groups()) if found else None


def _creative_commons(conditions: str, version: str, port: str | None) -> Named | None:
    told = _CONDITION.findall(conditions)
    kind = "-".join(["CC-BY", *(part.upper() for part in ("nc", "nd", "sa") if part in told)])
    if len(told) != len(set(told)) or kind not in KINDS:
        return None
    if port is None:
        is_listed = version in VERSIONS
        return Named(f"{kind}-{version}", "address of Creative Commons") if is_listed else None
    spdx = f"{kind}-{version}-{port.upper()}"
    if spdx in PORTS:
        return Named(spdx, "address of a port of Creative Commons")
    # The fourth version was ported to no country.
    if version not in ("1.0", "2.0", "2.1", "2.5", "3.0"):
        return None
    return Named(f"LicenseRef-{spdx}", "address of a port that SPDX does not list")


def read(body: dict[str, Any]) -> list[Any] | None:
    """Where a record's licences stand that are known: place, address, name. None without any."""
    items = body.get("license")
    if not isinstance(items, list):
        return None
    found = [
        [n, item["URL"], *named]
        for n, item in enumerate(items)
        if isinstance(item, dict)
        and isinstance(item.get("URL"), str)
        and (named := name_licence(item["URL"])) is not None
    ]
    return found or None


def say(found: list[Any]) -> Elements:
    """The identifier beside each address that has one, while that address stands there."""
    elements: Elements = []
    for n, url, spdx, rule in found:
        evidence = {"url": url, "rule": rule}
        pointer, when = ("license", str(n), "spdx"), {f"/license/{n}/URL": url}
        elements.append(element("insert", pointer, spdx, 1.0, evidence, when))
    return elements


LICENCE_SPDX: Final = Plain(STRATEGY, read, say)
