"""Which organisations a string names, on a small registry of true facts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.matcher import match
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.scene import LONGEST_TEXT


def organisation(
    ror: str, country: str, city: str, *names: str, status: str = "active", **more: str
) -> Organisation:
    """The first name is the one ROR displays; `~` marks an alias, `!` an acronym."""
    kinds = {"~": "alias", "!": "acronym"}
    given = [(name.lstrip("~!"), kinds.get(name[0], "label")) for name in names]
    given.append((names[0], "ror_display"))
    parents = tuple(f"https://ror.org/{parent}" for parent in more.get("parents", "").split())
    return Organisation(
        croid=f"croid-of-{ror}",
        ror=f"https://ror.org/{ror}",
        status=status,
        country_code=country,
        city=city,
        names=given,
        successor_ror=f"https://ror.org/{more['successor']}" if "successor" in more else None,
        parent_rors=parents,
    )


CHARITE = organisation(
    "001w7jn25", "DE", "Berlin", "Charité - Universitätsmedizin Berlin", "~Charité"
)
COLOGNE = organisation("00rcxh774", "DE", "Cologne", "University of Cologne", "Universität zu Köln")
TYUMEN = organisation(
    "05vehv290", "RU", "Tyumen", "University of Tyumen", "Тюменский государственный университет"
)
TSINGHUA = organisation("03cve4549", "CN", "Beijing", "Tsinghua University", "清华大学", "!THU")
SEOUL = organisation("04h9pn542", "KR", "Seoul", "Seoul National University", "서울대학교", "!SNU")
HARVARD = organisation(
    "03vek6s52", "US", "Cambridge", "Harvard University", "~Harvard Medical School"
)
MGH = organisation("002pd6e78", "US", "Boston", "Massachusetts General Hospital", "!MGH")
WASHU = organisation("01yc7t268", "US", "St Louis", "Washington University in St. Louis", "!WUSTL")
WASHINGTON = organisation("00cvxb145", "US", "Seattle", "University of Washington", "!UW")
UC = organisation(
    "00pjdza24", "US", "Oakland", "University of California System", "~University of California"
)
UCSF = organisation(
    "043mz5j54",
    "US",
    "San Francisco",
    "University of California, San Francisco",
    "!UCSF",
    parents="00pjdza24",
)
AARHUS = organisation("01aj84f44", "DK", "Aarhus", "Aarhus University", "Aarhus Universitet", "!AU")
OXFORD = organisation("052gg0110", "GB", "Oxford", "University of Oxford", "~Oxford University")
COPENHAGEN = organisation("035b05819", "DK", "Copenhagen", "University of Copenhagen")
GEORGIA = organisation("00te3t702", "US", "Athens", "University of Georgia", "!UGA")
TBILISI = organisation("02bjhwk41", "GE", "Tbilisi", "University of Georgia", "!UG")
PASTEUR = organisation("0495fxg12", "FR", "Paris", "Institut Pasteur", "Pasteur Institute")
PASTEUR_BR = organisation("046fcjp93", "BR", "São Paulo", "Instituto Pasteur", "Pasteur Institute")
NEWCASTLE = organisation("01kj2bm70", "GB", "Newcastle upon Tyne", "Newcastle University")
NEWCASTLE_AU = organisation(
    "00eae9z71", "AU", "Newcastle", "University of Newcastle Australia", "~Newcastle University"
)
EMBL = organisation(
    "03mstc592", "DE", "Heidelberg", "European Molecular Biology Laboratory", "!EMBL"
)
EMBL_FR = organisation(
    "01zjc6908", "FR", "Grenoble", "European Molecular Biology Laboratory", parents="03mstc592"
)
EMBL_IT = organisation(
    "01yr73893", "IT", "Monterotondo", "European Molecular Biology Laboratory", parents="03mstc592"
)
NIH = organisation("01cwqze88", "US", "Bethesda", "National Institutes of Health", "!NIH")
NIH_MY = organisation("045p44t13", "MY", "Shah Alam", "National Institutes of Health", "!NIH")
NIAID = organisation(
    "043z4tv69",
    "US",
    "Bethesda",
    "National Institute of Allergy and Infectious Diseases",
    "!NIAID",
    parents="01cwqze88",
)
HEALTH = [
    organisation("00hpqmv06", "ZM", "Lusaka", "Ministry of Health"),
    organisation("00hy3gq97", "UG", "Kampala", "Ministry of Health"),
    organisation("02eyff421", "KE", "Nairobi", "Ministry of Health"),
    organisation("00pkvys92", "TR", "Ankara", "Ministry of Health", "~Sağlık Bakanlığı"),
]
PHE = organisation(
    "00vbvha87", "GB", "London", "Public Health England", status="inactive", successor="018h10037"
)
UKHSA = organisation("018h10037", "GB", "London", "UK Health Security Agency", "!UKHSA")
CLOSED = organisation("03gd1bh37", "TH", "Bangkok", "Thailand Research Fund", status="inactive")
INSERM = organisation("02vjkv261", "FR", "Paris", "Inserm", "!INSERM")
GOOGLE = organisation("00njsd438", "US", "Mountain View", "Google (United States)")
HHMI = organisation("006w34k90", "US", "Chevy Chase", "Howard Hughes Medical Institute", "!HHMI")

REGISTRY = [value for value in list(globals().values()) if isinstance(value, Organisation)] + HEALTH


@pytest.fixture(scope="module")
def index() -> OrganisationIndex:
    return OrganisationIndex(REGISTRY)


def found(text: str, index: OrganisationIndex) -> list[Organisation]:
    by_ror = {row.ror: row for row in REGISTRY}
    return [by_ror[candidate.ror] for candidate in match(text, index).chosen]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Department of Genetics, Harvard University, Cambridge, MA 02138, USA", HARVARD),
        ("Univ. of Cologne, Cologne, Germany", COLOGNE),
        ("Institut für Physik, Universität zu Köln, Köln", COLOGNE),
        ("Universitaet zu Koeln", COLOGNE),
        ("UNIVERSITÄT ZU KÖLN", COLOGNE),
        ("Charite, Universitatsmedizin Berlin", CHARITE),
        ("Тюменский государственный университет, Тюмень, Россия", TYUMEN),
        ("清华大学计算机系,北京", TSINGHUA),
        ("清华大学医学院", TSINGHUA),
        ("서울대학교 의과대학", SEOUL),
        ("Department of Physics, Tsinghua Univ., Beijing, P.R. China", TSINGHUA),
        ("Dept. of Chem., Aarhus Univ., Denmark", AARHUS),
        ("University of California San Francisco", UCSF),
        ("University of California, San Francisco, CA, USA", UCSF),
        ("University of California at San Francisco", UCSF),
        ("Harvard Medical School", HARVARD),
        ("The University of Oxford", OXFORD),
        ("Oxford University", OXFORD),
        ("Copenhagen University", COPENHAGEN),
        ("Aarhus University School of Medicine", AARHUS),
        ("University of Oxford&amp;#TAB#", OXFORD),
        ("[Dept. of Comput. Sci., Washington Univ., Seattle, WA, USA]", WASHINGTON),
        ("Department of Medicine, Washington University, St. Louis, MO", WASHU),
        ("Inserm U1135, Paris", INSERM),
        ("Surgical Clinic of Aarhus University", AARHUS),
        ("Universität zu Koeln", COLOGNE),
        ("UCSF, San Francisco, USA", UCSF),
        ("Google, Mountain View, CA", GOOGLE),
    ],
)
def test_a_string_that_names_one_organisation_finds_it(text, expected, index):
    assert found(text, index) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ,;() ",
        "Department of Chemistry",
        "School of Medicine",
        "Institute of Technology",
        "Ministry of Health",
        "UCSF",
        "MGH",
        "Berlin, Germany",
        "Aarhus",
        "Denmark",
        "Google",
        "University of California",
        "Thailand Research Fund, Bangkok, Thailand",
        "Red Hospital, Seattle, USA",
    ],
)
def test_what_names_nothing_for_sure_finds_nothing(text, index):
    assert found(text, index) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tsinghua University, Hsinchu, Taiwan",
        "University of Oxford, Kenya",
        "Harvard University, Paris, France",
        "Seoul National University, Pyongyang, North Korea",
    ],
)
def test_a_country_named_beside_it_must_not_contradict(text, index):
    assert found(text, index) == []


@pytest.mark.parametrize(
    "text",
    [
        "Aarhus University Hospital",
        "University of Cologne Medical Center",
        "George Washington University, St. Louis",
        "New Harvard University",
        "Harvard University of Applied Sciences",
        "University of Oxford at Cumnor",
        "清华大学附属北京清华长庚医院",
    ],
)
def test_a_name_within_a_longer_name_is_not_meant(text, index):
    assert found(text, index) == []


def test_a_name_shared_by_the_campuses_of_a_system_means_none_of_them():
    only = OrganisationIndex([UC])
    assert match("Department of Physics, University of California", only).chosen == ()
    assert match("University of California System", only).chosen


def test_a_name_that_is_a_place_or_a_department_is_never_meant():
    twin = organisation(
        "000000000", "DE", "Berlin", "Berlin Academy of Arts", "~Berlin", "~Germany"
    )
    department = organisation("03tjsyq23", "IN", "New Delhi", "Department of Biotechnology")
    only = OrganisationIndex([twin, department])
    for text in (
        "Academy, Berlin, Germany",
        "Germany",
        "Department of Biotechnology, Rajalakshmi Engineering College, New Delhi, India",
    ):
        assert match(text, only).chosen == ()


def test_of_many_of_one_name_the_country_or_the_city_decides(index):
    assert found("Ministry of Health, Nairobi", index) == [HEALTH[2]]
    assert found("Ministry of Health, Uganda", index) == [HEALTH[1]]
    assert found("University of Georgia, Athens, GA, USA", index) == [GEORGIA]
    assert found("University of Georgia, Tbilisi", index) == [TBILISI]


def test_of_many_of_one_name_none_is_chosen_and_all_are_told(index):
    answer = match("Department of Biology, University of Georgia", index)
    assert answer.chosen == ()
    assert {candidate.ror for candidate in answer.ambiguous} == {GEORGIA.ror, TBILISI.ror}


def test_the_exact_spelling_decides_between_languages(index):
    assert found("Institut Pasteur", index) == [PASTEUR]
    assert found("Instituto Pasteur", index) == [PASTEUR_BR]
    assert found("Pasteur Institute", index) == []


def test_a_proper_name_goes_before_an_alias(index):
    assert found("Newcastle University", index) == [NEWCASTLE]
    assert found("Newcastle University, Callaghan, Australia", index) == [NEWCASTLE_AU]


def test_of_a_family_of_one_name_the_city_decides_or_else_the_head_is_meant(index):
    assert found("European Molecular Biology Laboratory, Grenoble, France", index) == [EMBL_FR]
    assert found("European Molecular Biology Laboratory", index) == [EMBL]


def test_a_parent_in_the_same_string_settles_what_is_open(index):
    text = "National Institute of Allergy and Infectious Diseases, National Institutes of Health"
    assert found(text, index) == [NIAID, NIH]
    part = organisation("000000001", "MY", "Kuantan", "Salt Unit", parents="045p44t13")
    even = OrganisationIndex([NIH, NIH_MY, NIAID, part])
    assert found(text, even) == [NIAID, NIH]
    assert found("National Institutes of Health", even) == []


def test_several_organisations_in_one_string_are_all_found_in_its_order(index):
    text = "Massachusetts General Hospital, Harvard Medical School, Boston, MA, USA"
    assert found(text, index) == [MGH, HARVARD]
    text = "Howard Hughes Medical Institute, University of Washington and Harvard University"
    assert found(text, index) == [HHMI, WASHINGTON, HARVARD]
    text = "University of Oxford, Oxford, UK; Aarhus University, Aarhus, Denmark"
    assert found(text, index) == [OXFORD, AARHUS]


def test_a_state_in_a_name_is_no_country_of_its_neighbour(index):
    text = "University of Oxford and University of Washington"
    assert found(text, index) == [OXFORD, WASHINGTON]


def test_a_closed_organisation_stands_for_its_successor(index):
    assert found("Public Health England, London", index) == [UKHSA]


def test_a_city_of_its_name_is_not_taken_for_a_place(index):
    answer = match("Newcastle University", index)
    assert answer.chosen[0].rule != "city"


def test_being_confirmed_raises_the_confidence(index):
    alone = match("Tsinghua University", index).chosen[0].confidence
    confirmed = match("Tsinghua University, Beijing, China", index).chosen[0].confidence
    assert 0.8 <= alone < confirmed <= 1.0


def test_the_evidence_shows_where_the_name_stands(index):
    text = "Institut für Physik, Universität zu Köln, Germany"
    candidate = match(text, index).chosen[0]
    assert text[slice(*candidate.span)] == "Universität zu Köln"
    assert candidate.matched_name == "university cologne"
    assert match(text, index).evidence["countries"] == ["DE"]


def test_a_changed_organisation_is_matched_by_its_new_names_only():
    index = OrganisationIndex([OXFORD])
    assert match("University of Oxford", index).chosen
    index.replace(OXFORD._replace(names=[("Oxbridge Academy", "ror_display")]))
    assert not match("University of Oxford", index).chosen
    assert match("Oxbridge Academy", index).chosen
    index.remove(OXFORD.croid)
    index.remove(OXFORD.croid)
    assert not match("Oxbridge Academy", index).chosen
    assert len(index) == 0


@given(
    st.lists(st.sampled_from(REGISTRY), unique_by=lambda row: row.croid),
    st.randoms(use_true_random=False),
)
def test_an_index_that_was_changed_knows_what_a_new_one_knows(rows, dice):
    changed = OrganisationIndex(REGISTRY)
    for row in dice.sample(REGISTRY, len(REGISTRY)):
        if row in rows:
            changed.replace(row)
        else:
            changed.remove(row.croid)
    fresh = OrganisationIndex(rows)
    for row in REGISTRY:
        for name, _ in row.names:
            text = f"{name}, {row.city}"
            assert match(text, changed) == match(text, fresh)


WORDS = [word for row in REGISTRY for name, _ in row.names for word in name.split()]
COUNTED = OrganisationIndex(REGISTRY)


@given(st.one_of(st.text(), st.lists(st.sampled_from([*WORDS, ",", "&", "of"])).map(" ".join)))
def test_any_string_gets_an_answer_that_can_be_shown(text):
    answer = match(text, COUNTED)
    read = str(answer.evidence["text"])
    for candidate in (*answer.chosen, *answer.ambiguous):
        start, end = candidate.span
        assert 0 <= start < end <= len(read)
        assert COUNTED.by_ror(candidate.ror)
    spans = sorted(candidate.span for candidate in answer.chosen)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_an_endless_string_is_read_to_its_limit():
    text = "Aarhus University, " * 10_000
    answer = match(text, COUNTED)
    assert [candidate.ror for candidate in answer.chosen] == [AARHUS.ror]
    assert len(str(answer.evidence["text"])) <= LONGEST_TEXT
