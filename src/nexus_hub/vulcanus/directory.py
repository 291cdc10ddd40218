"""The organisations that may be funders, by name: of ROR, and of the funder registry alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from nexus_hub.vulcanus.organisations import Known, NameKind, Organisation, OrganisationIndex
from nexus_hub.vulcanus.words import GOVERNMENT_WORDS

ROR: Final = "https://ror.org/"
SHORTEST_SLIP: Final = 6
MOST_KEYS: Final = 2_000


class Bearer(NamedTuple):
    """An organisation that has a name; `is_heir`: it took over from the one that had it."""

    known: Known
    kind: NameKind
    is_heir: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """The organisations that may be funders: those of ROR, and those only the funder registry has.

    Both are asked as one; an address names an organisation in one of them.
    """

    organisations: OrganisationIndex = field(default_factory=OrganisationIndex)
    funders: OrganisationIndex = field(default_factory=OrganisationIndex)

    def __len__(self) -> int:
        return len(self.organisations) + len(self.funders)

    def replace(self, row: Organisation) -> None:
        """Take an organisation in, or its new state; one may gain or lose its ROR id."""
        self.remove(row.croid)
        (self.organisations if row.ror.startswith(ROR) else self.funders).replace(row)

    def remove(self, croid: str) -> None:
        """Forget an organisation; one that is not there is forgotten already."""
        self.organisations.remove(croid)
        self.funders.remove(croid)

    def by_funder(self, funder: str) -> Known | None:
        """The organisation of a funder id, closed or not."""
        return self.organisations.by_funder(funder) or self.funders.by_funder(funder)

    def by_croid(self, croid: str) -> Known | None:
        """The organisation of an encoded CROID, closed or not."""
        return self.organisations.by_croid(croid) or self.funders.by_croid(croid)

    def by_address(self, address: str) -> Known | None:
        """The organisation of a ROR id or funder id, written as an address."""
        found = self.organisations.by_ror(address) or self.funders.by_ror(address)
        return found or self.by_funder(address.removeprefix("https://doi.org/"))

    def living(self, organisation: Known) -> Known | None:
        """The organisation itself, or where it went when it closed; None where nobody knows."""
        found = self.organisations.living(organisation)
        if found or not organisation.successor:
            return found
        after = self.by_address(organisation.successor)
        return after if after and after.active else None

    def named(self, key: str) -> Iterator[Bearer]:
        """The organisations of a name, each once for each name it has.

        One that closed stands for itself where nobody came after it and no other has the name.
        """
        closed: list[Bearer] = []
        is_borne = False
        for index in (self.organisations, self.funders):
            for organisation, kind in index.named(key):
                living = self.living(organisation)
                if living:
                    is_borne = True
                    yield Bearer(living, kind, living is not organisation)
                elif not organisation.successor:
                    closed.append(Bearer(organisation, kind, False))
        if not is_borne:
            yield from closed

    def has_name(self, key: str) -> bool:
        """Whether any organisation has this name."""
        return self.organisations.has_name(key) or self.funders.has_name(key)

    def weight(self, organisation: Known) -> tuple[int, int]:
        """How many organisations of its own and funder ids it has, in powers of two."""
        return self.organisations.weight(organisation)

    def is_vague(self, key: str) -> bool:
        """Whether a name that several have says too little: `Office of the Director`.

        Two words do, one of them common, but for a university's.
        """
        words = key.split(" ")
        is_common = any(map(self.organisations.is_common, words))
        return len(words) == 2 and is_common and "university" not in words

    def is_under(self, below: Known, above: Known) -> bool:
        """Whether `above` is the parent of `below`, or the parent's parent, and so on."""
        return self.organisations.is_under(below, above)

    def similar_keys(self, key: str) -> list[str]:
        """Names of the same words, whatever their order, but for slips and words of government."""
        words = sorted(set(key.split(" ")))
        telling = [word for word in words if not self.organisations.is_common(word)]
        found: dict[str, None] = {}
        for index in (self.organisations, self.funders):
            ranked = sorted(telling, key=index.count)
            for word in ranked[:2]:
                near = index.keys_with(word)
                if len(near) <= MOST_KEYS:
                    found.update(dict.fromkeys(k for k in near if self.is_same(words, k)))
        return list(found)

    def is_same(self, words: Sequence[str], key: str) -> bool:
        """Whether a name has these words, but for words of government and slips of the pen.

        A slip is a word that no name has, one letter away from one of the name.
        """
        left = [word for word in words if word not in GOVERNMENT_WORDS]
        right = [word for word in set(key.split(" ")) if word not in GOVERNMENT_WORDS]
        missing = [word for word in left if word not in right]
        over = [word for word in right if word not in left]
        if len(missing) != len(over) or len(missing) > 1:
            return False
        return not missing or (self.count(missing[0]) == 0 and is_slip(missing[0], over[0]))

    def rarest_word(self, key: str) -> str:
        """The word of a name that the fewest names have."""
        return min(key.split(" "), key=lambda word: (self.count(word), word))

    def count(self, word: str) -> int:
        """Names that have this word."""
        return self.organisations.count(word) + self.funders.count(word)


def is_slip(word: str, other: str) -> bool:
    """Whether two long words differ in a letter, or in two that changed places.

    >>> is_slip("univeristy", "university"), is_slip("anhui", "hunan")
    (True, False)
    """
    if min(len(word), len(other)) < SHORTEST_SLIP:
        return False
    return word[0] == other[0] and OSA.distance(word, other, score_cutoff=1) <= 1
