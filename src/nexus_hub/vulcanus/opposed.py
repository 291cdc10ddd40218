"""Truths that the registry itself opposes: a name that is another funder's, letter for letter.

Publishers give many funder ids by a search for the name, and take the next best hit. Where the name
is literally a label of organisations that have funder ids, and that of the given id is none of
them, the id is no proof. What a strategy answers plays no part in this, nor how it reads names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from nexus_hub.vulcanus.evaluation import Case
from nexus_hub.vulcanus.organisations import Organisation

_WORD: Final = re.compile(r"\w+")
ACRONYM: Final = "acronym"


def plain_name(name: str) -> str:
    """A name without what does not tell labels apart: capitals, punctuation, mark-up, `The`.

    >>> plain_name("The A&amp;B Fund, (Malmö)"), plain_name("Fonds für A & B")
    ('a b fund malmö', 'fonds für a b')
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", html.unescape(name)).casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


class Labels:
    """The labels of all organisations that have funder ids; acronyms are none.

    `same` leads from an id to the organisation that stands for it now.
    """

    def __init__(self, rows: Iterable[Organisation], same: Callable[[str], str]) -> None:
        self._same = same
        self._owners: dict[str, set[str]] = {}
        for row in rows:
            labels = {plain_name(name) for name, kind in row.names if kind != ACRONYM}
            for label in labels if row.funders else ():
                self._owners.setdefault(label, set()).update((row.ror, same(row.ror)))

    def oppose(self, case: Case) -> bool:
        """Whether the name is a label of others, and of none of those that it is said to name."""
        owners = self._owners.get(plain_name(case.text))
        return owners is not None and owners.isdisjoint(map(self._same, case.true))
