"""Whom a string means of several organisations of one name, and how acronyms and names go on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.matcher import match
from nexus_hub.vulcanus.namesakes import Option, find_weightiest
from nexus_hub.vulcanus.organisations import NameKind, Organisation, OrganisationIndex


def organisation(
    number: int, country: str, city: str, *names: str, funders: int = 0, parent: int | None = None
) -> Organisation:
    """The first name is the one ROR displays; `~` marks an alias, `!` an acronym."""
    kinds = {"~": "alias", "!": "acronym"}
    named = [(name.lstrip("~!"), kinds.get(name[0], "label")) for name in names]
    return Organisation(
        f"croid-{number}",
        f"https://ror.org/{number}",
        "active",
        country,
        city,
        [*named, (names[0], "ror_display")],
        parent_rors=() if parent is None else (f"https://ror.org/{parent}",),
        funders=tuple(f"10.13039/{number}{n}" for n in range(funders)),
    )


def chosen(text: str, *rows: Organisation) -> list[str]:
    """Names of the organisations that are found."""
    names = {row.ror: row.names[0][0] for row in rows}
    return [names[one.ror] for one in match(text, OrganisationIndex(rows)).chosen]


UPPER = organisation(1, "US", "Upton", "University of Saltland at Upton", funders=16)
LOWER = organisation(2, "US", "Lowton", "University of Saltland at Lowton", funders=2)
SYSTEM = organisation(3, "US", "Upton", "University of Saltland System", "~University of Saltland")
TORONTO = organisation(4, "CA", "Toronto", "York University", funders=1)
NEBRASKA = organisation(5, "US", "York", "York University")
UCLA = organisation(
    6, "US", "Los Angeles", "University of California, Los Angeles", "!UCLA", funders=20
)
IN_SUGAR = [organisation(20 + n, "US", "Sugarton", f"Salt {n}", parent=6) for n in range(2)]
MIT = organisation(7, "US", "Cambridge", "Massachusetts Institute of Technology", "!MIT")
MANIPAL = organisation(8, "IN", "Manipal", "Manipal Institute of Technology", "!MIT")
WAGENINGEN = organisation(9, "NL", "Wageningen", "Wageningen University & Research")
ERASMUS = organisation(
    10, "NL", "Rotterdam", "Erasmus MC", "~Erasmus University Medical Center", "~EMC Rotterdam"
)
LILLE = organisation(11, "FR", "Lille", "Université de Lille")
COUNCIL = organisation(12, "IT", "Rome", "National Research Council")
COUNCIL_CA = organisation(13, "CA", "Ottawa", "National Research Council")
LONDON = organisation(14, "GB", "London", "University College London", funders=9)
GOETHE = organisation(15, "DE", "Frankfurt am Main", "Goethe University", "~University Frankfurt")
VIADRINA = organisation(16, "DE", "Frankfurt", "Viadrina", "~University Frankfurt")
BRISTOL = organisation(17, "GB", "Bristol", "University of Bristol")
FERA = organisation(18, "GB", "York", "Fera Science (United Kingdom)")
COURT = organisation(19, "BR", "Rio de Janeiro", "Court of Rio de Janeiro")


def test_without_a_city_the_main_campus_is_meant_that_no_other_outweighs():
    rows = [UPPER, LOWER, SYSTEM]
    assert chosen("Department of Physics, University of Saltland", *rows) == [UPPER.names[0][0]]
    assert chosen("University of Saltland, Lowton", *rows) == [LOWER.names[0][0]]


def test_a_medical_school_of_several_campuses_is_left_open():
    assert chosen("University of Saltland School of Medicine", UPPER, LOWER, SYSTEM) == []


def test_campuses_that_outweigh_each_other_are_left_open():
    parts = [organisation(30 + n, "US", "Lowton", f"Sugar {n}", parent=2) for n in range(3)]
    assert chosen("University of Saltland", UPPER, LOWER, SYSTEM, *parts) == []


def test_another_city_behind_the_name_is_another_campus():
    elsewhere = organisation(40, "US", "Midton", "Pepper Institute")
    assert chosen("University of Saltland Midton", UPPER, LOWER, SYSTEM, elsewhere) == []


def test_of_namesakes_the_one_that_weighs_more_is_meant():
    assert chosen("Department of Music, York University", TORONTO, NEBRASKA) == ["York University"]
    found = match("York University", OrganisationIndex([TORONTO, NEBRASKA])).chosen
    assert [one.country for one in found] == ["CA"]
    even = NEBRASKA._replace(funders=("10.13039/1",))
    assert chosen("York University", TORONTO, even) == []


options = st.lists(
    st.builds(
        lambda number, funders, kind: (
            organisation(number, "US", "Upton", "S", funders=funders),
            kind,
        ),
        st.integers(1, 9),
        st.integers(0, 9),
        st.sampled_from((NameKind.DISPLAY, NameKind.LABEL, NameKind.SHORT)),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda given: given[0].croid,
)


@given(options, st.randoms(use_true_random=False))
def test_who_weighs_most_does_not_depend_on_the_order(given_options, dice):
    index = OrganisationIndex(row for row, _ in given_options)
    known = [
        Option(one, kind, False, True)
        for row, kind in given_options
        if (one := index.by_croid(row.croid))
    ]
    found = find_weightiest(known, index)
    assert find_weightiest(dice.sample(known, len(known)), index) == found
    if found:
        weight = index.weight(found.organisation)
        assert all(index.weight(other.organisation)[1] <= weight[1] for other in known)
        assert all(found.kind <= other.kind for other in known)


def test_an_acronym_known_far_and_wide_stands_alone_in_its_part():
    famous = MIT._replace(funders=tuple(f"10.13039/7{n}" for n in range(16)))
    assert chosen("Department of Physics, MIT", famous, MANIPAL) == [famous.names[0][0]]
    assert chosen("Department of Physics, MIT", MIT, MANIPAL) == []
    assert chosen("MIT", famous, MANIPAL) == []


def test_an_acronym_begins_the_names_of_a_universitys_schools_but_not_of_hospitals():
    rows = [UCLA, *IN_SUGAR]
    name = UCLA.names[0][0]
    assert chosen("UCLA Cardiac Arrhythmia Center", *rows) == [name]
    assert chosen("UCLA Institute of Child Health", *rows) == [name]
    assert chosen("UCLA Children's Hospital", *rows) == []
    assert chosen("UCLA Upper Medical Center", *rows) == []
    assert chosen("UCLA Langone Health", *rows) == []


def test_a_university_and_more_is_also_called_by_its_first_half():
    assert chosen("Laboratory of Genetics, Wageningen University", WAGENINGEN) == [
        WAGENINGEN.names[0][0]
    ]


def test_a_name_goes_on_with_what_another_name_of_it_has():
    assert chosen("Erasmus MC University Medical Center Rotterdam", ERASMUS) == ["Erasmus MC"]
    assert chosen("Erasmus MC University Hospital", ERASMUS) == []


def test_a_unit_with_a_number_is_not_the_united_states():
    assert chosen("Université Lille, CHU, US 41 – UAR 2014", LILLE) == ["Université de Lille"]
    assert chosen("Université Lille, Boston, US 02115", LILLE) == []


def test_initials_in_brackets_are_no_country():
    text = "Dementia Research Centre (DRC), University College London"
    assert chosen(text, LONDON) == [LONDON.names[0][0]]
    assert chosen("University College London (DRC)", LONDON) == []


def test_a_name_ends_where_an_acronym_begins():
    assert chosen("Université de Lille INSERM CNRS", LILLE) == ["Université de Lille"]
    assert chosen("UNIVERSITE DE LILLE AFRIQUE", LILLE) == []


def test_a_country_behind_of_belongs_to_no_name():
    text = "National Research Council of Italy, Institute of Technologies"
    found = match(text, OrganisationIndex([COUNCIL, COUNCIL_CA])).chosen
    assert [one.country for one in found] == ["IT"]


def test_a_city_is_not_meant_where_a_longer_one_is_named():
    text = "University Frankfurt, 60054 Frankfurt am Main, Germany"
    assert chosen(text, GOETHE, VIADRINA) == ["Goethe University"]


def test_a_school_may_bear_the_name_of_a_universitys_city():
    assert chosen("Bristol Veterinary School", BRISTOL) == ["University of Bristol"]


def test_what_follows_a_companys_legal_form_is_no_part_of_its_name():
    text = "Fera Science Ltd. Sand Hutton York YO41 1LZ UK"
    assert chosen(text, FERA) == ["Fera Science (United Kingdom)"]


def test_a_city_is_not_like_a_name_with_it():
    assert chosen("Fundação Sal, Rio de Janeiro", COURT) == []
