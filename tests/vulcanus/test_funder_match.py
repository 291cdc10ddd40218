"""Which organisation a funder is, on a small registry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.directory import Directory
from nexus_hub.vulcanus.funder_match import Funder, FunderMatch, match_funder
from nexus_hub.vulcanus.organisations import Organisation

KINDS = {"~": "alias", "!": "acronym"}


def organisation(
    address: str, country: str, *names: str, status: str = "active", **more: str
) -> Organisation:
    """`~` marks an alias, `!` an acronym; `funders` are numbers of funder ids."""
    return Organisation(
        croid=f"c-{address}",
        ror=f"https://ror.org/{address}" if "/" not in address else f"https://doi.org/{address}",
        status=status,
        country_code=country or None,
        city=None,
        names=[(name.lstrip("~!"), KINDS.get(name[0], "label")) for name in names],
        successor_ror=more.get("successor"),
        parent_rors=tuple(f"https://ror.org/{one}" for one in more.get("parents", "").split()),
        funders=tuple(f"10.13039/{number}" for number in more.get("funders", "").split()),
    )


US, LANKA, BIOLOGY, DFG, MINING = "021nxhr62", "010xaa060", "001xhss06", "018mejw64", "05dxps055"
SALT = "10.13039/501100009999"
ROWS = [
    organisation(
        US, "US", "U.S. National Science Foundation", "~National Science Foundation", "!NSF",
        funders="100000001",
    ),
    organisation(LANKA, "LK", "National Science Foundation", "!NSF", funders="501100008982"),
    organisation(BIOLOGY, "US", "Directorate for Biological Sciences", parents=US),
    organisation("001part02", "US", "Directorate for Engineering", parents=US),
    organisation(DFG, "DE", "Deutsche Forschungsgemeinschaft", "!DFG", funders="501100001659"),
    organisation("02v6w2r95", "US", "Alaska Department of Fish and Game", "!ADFG"),
    organisation(MINING, "QA", "Ministry of Mining", funders="501100000077"),
    organisation("05minin08", "NO", "Ministry of Mining", funders="501100000078"),
    organisation("03qinha56", "CN", "Science and Technology Department of Qinghai Province"),
    organisation("0closed00", "GB", "Old Fund", status="inactive",
                 successor=f"https://ror.org/{DFG}"),
    organisation("05health3", "US", "National Institutes of Leprosy", funders="100000066"),
    organisation(SALT, "", "Salt Fund", "~Fondo de la Sal", "!SFX", funders=SALT[9:]),
    organisation("0heirs001", "BE", "Heirs of Pepper", funders="100000070"),
    organisation("0pepper00", "BE", "Pepper Agency", "!PEP", status="inactive",
                 successor="https://ror.org/0heirs001"),
    organisation("10.13039/100000071", "", "Pepper Agency", "!PEP", funders="100000071"),
    organisation("10.13039/100000072", "", "Gone Institute", status="inactive",
                 funders="100000072"),
    organisation(
        "0famous00", "FR", "Sugar Commission", "!SUG",
        funders=" ".join(str(100001000 + n) for n in range(16)),
    ),
    organisation("0unknown0", "CA", "Sugar Group", "!SUG", funders="100000073"),
    organisation("0council0", "GB", "Council for Salt Research", funders="100000074"),
    organisation("0othercou", "CA", "Sodium Board", "~Council for Salt Research",
                 funders="100000075 100000076"),
    organisation("0office01", "US", "Office of the Director", funders="100000081 100000082"),
    organisation("0office02", "US", "Office of the Director", funders="100000083"),
    organisation("0jiangsu0", "CN", "Brine Foundation of Jiangsu Province", funders="100000084"),
]  # fmt: skip


@pytest.fixture(scope="module")
def directory() -> Directory:
    found = Directory()
    for row in ROWS:
        found.replace(row)
    return found


def found(match: FunderMatch) -> str | None:
    return match.chosen.ror.removeprefix("https://ror.org/") if match.chosen else None


@pytest.mark.parametrize(
    ("name", "expected", "rule"),
    [
        ("Deutsche Forschungsgemeinschaft", DFG, "name"),
        ("deutsche forschungsgemeinschaft ", DFG, "name"),
        ("Deutsche Forschungsgemeinschaft (DFG)", DFG, "brackets"),
        ("DFG", DFG, "acronym"),
        ("Fondo de la Sal", f"https://doi.org/{SALT}", "alias"),
        ("National Science Foundation", US, "name"),
        ("National Science Foundation, Sri Lanka", LANKA, "part"),
        ("National Science Foundation – Sri Lanka", LANKA, "part"),
        ("National Science Foundation (Sri Lanka)", LANKA, "brackets"),
        ("National Science Foundation, Directorate for Biological Sciences", BIOLOGY, "part"),
        ("National Science Foundation Directorate for Biological Sciences", BIOLOGY, "part"),
        ("HHS | NSF | Directorate for Biological Sciences", BIOLOGY, "part"),
        ("Qinghai Science and Technology Department", "03qinha56", "words"),
        ("Deutsche Forschungsgemeinschafft", DFG, "words"),
        ("Alaska Departmennt of Fish and Game", "02v6w2r95", "words"),
        ("National Institute of Leprosy", "05health3", "words"),
        ("Old Fund", DFG, "name"),
        ("Pepper Agency", "https://doi.org/10.13039/100000071", "name"),
        ("PEP", "https://doi.org/10.13039/100000071", "acronym"),
        ("Gone Institute", "https://doi.org/10.13039/100000072", "name"),
        ("SUG", "0famous00", "acronym"),
        ("Council for Salt Research", "0council0", "name"),
        ("Office of the Director", None, ""),
        ("Brine Foundation of Jiangsu Province in China", "0jiangsu0", "part"),
        ("Brine Foundation of Jiangsu Province in France", None, ""),
        ("Mining &amp; Salt", None, ""),
        ("Ministry of Mining", None, ""),
        ("Deutsche Forschungsgemeinschaft and the Salt Fund", None, ""),
        ("", None, ""),
        ("a" * 5_000, None, ""),
    ],
)
def test_a_name_is_one_organisation_or_none(directory, name, expected, rule) -> None:
    match = match_funder(Funder(name), directory)
    assert found(match) == expected
    if expected and rule != "name":
        assert match.rule == rule
    assert (match.confidence > 0) is (expected is not None)


@pytest.mark.parametrize("doi", ["10.13039/501100000077", "https://doi.org/10.13039/501100000077"])
def test_a_funder_id_decides_before_any_name(directory, doi) -> None:
    match = match_funder(Funder("Salt Fund", doi), directory)
    assert (found(match), match.rule, match.confidence) == (MINING, "funder id", 1.0)


def test_what_closed_stands_for_itself_until_another_bears_its_name() -> None:
    directory = Directory()
    gone = organisation("0gone0000", "US", "Gone Institute", status="inactive", funders="100000072")
    directory.replace(gone)
    assert found(match_funder(Funder("Gone Institute"), directory)) == "0gone0000"
    directory.replace(organisation("0living00", "US", "Gone Institute"))
    assert found(match_funder(Funder("Gone Institute"), directory)) == "0living00"


def test_an_acronym_of_several_means_none_that_is_not_known_far_and_wide() -> None:
    directory = Directory()
    directory.replace(organisation("0small000", "US", "Salt", "!SUG", funders="1 2 3"))
    directory.replace(organisation("0smaller0", "US", "Brine", "!SUG", funders="4"))
    assert len(match_funder(Funder("SUG"), directory).open) == 2


def test_what_nothing_decides_between_is_told(directory) -> None:
    match = match_funder(Funder("Ministry of Mining"), directory)
    assert {one.country for one in match.open} == {"QA", "NO"}
    assert found(match_funder(Funder("Ministry of Mining", country="Qatar"), directory)) == MINING
    assert found(match_funder(Funder("Ministry of Mining", country="QA"), directory)) == MINING
    assert found(match_funder(Funder("Ministry of Mining", country="FR"), directory)) is None


def test_an_organisation_that_gains_a_ror_id_is_one_all_the_same() -> None:
    directory = Directory()
    directory.replace(organisation(SALT, "", "Salt Fund", funders=SALT[9:]))
    before = match_funder(Funder("Salt Fund"), directory).chosen
    row = organisation("0saltfund", "NO", "Salt Fund", funders=SALT[9:])
    directory.replace(row._replace(croid=f"c-{SALT}"))
    after = match_funder(Funder("Salt Fund"), directory).chosen
    assert before is not None
    assert after is not None
    assert (len(directory), after.croid) == (1, before.croid)
    assert after.ror == "https://ror.org/0saltfund"
    assert directory.by_funder(SALT) is after
    directory.remove(after.croid)
    assert (len(directory), directory.by_funder(SALT)) == (0, None)


@given(st.text(), st.text(), st.text())
def test_any_text_is_answered(directory, name, doi, country) -> None:
    match = match_funder(Funder(name, doi, country), directory)
    assert 0 <= match.confidence <= 1
    assert not (match.chosen and match.open)
