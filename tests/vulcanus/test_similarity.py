"""Names nearly spelled: whoever is left out beforehand could not have been similar enough."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nexus_hub.vulcanus import similarity
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.scene import Scene
from nexus_hub.vulcanus.similarity import Similar, find_similar

WORDS = (
    "Saltery",
    "Saltary",
    "Saltworks",
    "Sugarland",
    "Peppermill",
    "Peppermills",
    "Xu",
    "Institute",
    "Hospital",
    "Research",
    "Norway",
)

names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)


def index_of(labels: list[str]) -> OrganisationIndex:
    return OrganisationIndex(
        Organisation(
            f"croid-{number}",
            f"https://ror.org/{number}",
            "active",
            "NO",
            "Bergen",
            [(label, "label")],
        )
        for number, label in enumerate(labels)
    )


def find_all(text: str, labels: list[str]) -> list[Similar]:
    """What is found where every name that shares a telling word is compared."""
    with patch.object(similarity, "LACKING", float("inf")):
        return list(find_similar(Scene(text), index_of(labels)))


@settings(max_examples=500, deadline=None)
@given(st.lists(names, max_size=8, unique=True), names)
@example(["Saltery Institute Research"], "Saltary Institute")
@example(["Saltery Sugarland Peppermill"], "Saltery Sugarland Peppermills")
@example(["Saltery Saltworks Sugarland Peppermill"], "Saltery Saltworks")
@example(
    ["Saltworks Saltary", "Saltary Research Peppermills Peppermills"],
    "Saltary Peppermills Peppermills",
)
@example(
    ["Xu Research Saltworks Saltary Peppermill", "Peppermill Saltworks Norway"],
    "Peppermill Saltworks",
)
@example(
    [
        "Peppermill Institute Research",
        "Saltery Xu Research Norway Peppermills Institute",
        "Saltery Peppermill Institute Research Xu Peppermills",
    ],
    "Saltery Peppermill Institute Research Xu",
)
def test_names_left_out_beforehand_are_none_that_would_be_found(
    labels: list[str], text: str
) -> None:
    found = list(find_similar(Scene(text), index_of(labels)))
    assert found == find_all(text, labels)


def test_a_slip_of_the_pen_and_a_name_cut_short_are_found() -> None:
    index = index_of(["Saltery Sugarland Research", "Saltworks Peppermill Sugarland Xu"])
    assert [found.key for found in find_similar(Scene("Saltary Sugarland Research"), index)] == [
        "saltery sugarland research"
    ]
    assert [found.key for found in find_similar(Scene("Saltworks Peppermill"), index)] == [
        "saltworks peppermill sugarland xu"
    ]


def test_what_was_similar_is_asked_again_when_a_name_changes() -> None:
    index, text = index_of(["Saltery Sugarland Research"]), "Saltary Sugarland Research"
    assert len(list(find_similar(Scene(text), index))) == 1
    index.remove("croid-0")
    assert not list(find_similar(Scene(text), index))


def test_how_rare_a_word_is_follows_the_names_that_have_it() -> None:
    index = index_of([f"Saltery {n}x" for n in range(3)])
    assert index.rarity("saltery") == 0
    more = Organisation(
        "croid-9", "https://ror.org/9", "active", "NO", None, [("Saltery", "label")]
    )
    index.replace(more)
    assert index.rarity("saltery") == 1
    index.remove("croid-9")
    assert index.rarity("saltery") == 0
