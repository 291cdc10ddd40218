"""References are held against works: what is meant is chosen, what is doubtful is not."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.citables import match_references
from nexus_hub.vulcanus.citation import read
from nexus_hub.vulcanus.citation_match import Citable, match

WORK = Citable(
    "01jx", "10.5555/a", "Unique features of action potential initiation in cortical neurons",
    ("Naundorf", "Wolf", "Volgushev"), "Nature", 2006, "440", "7087", "1060", "journal-article",
)  # fmt: skip
SERIES = WORK._replace(title="Studies on the curing of herring with coarse salt. II. Brine")
SHORT = WORK._replace(title="Sarcoidosis", container="New England Journal of Medicine")


def means(given_: Any, *works: Citable) -> str | None:
    found = match(read(given_), works or (WORK,)).citable
    return found.doi if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Naundorf B, Wolf F: Unique features of action potential \ninitiation in cortical neurons."
        " Nature 2006, 440(7087):1060-3.",
        "Naundorf, B., Wolf, F. (2006). Unique features of action poten-\ntial initiation in"
        " cortical neurons. Nature, 440, 1060–1063.",
        "B. Naundorf, F. Wolf, Nature 440, 1060 (2006).",
        "Naundorf B. Unique features of action potential initiation in cortical neurons. 2006.",
        'B. Naundorf, "Unique featurs of action potental initiation in cortical neurons," Nature,'
        " vol. 440, pp. 1060–1063, 2006.",
        "Naundorf et al., Unique features of action potential initiation. doi:10.5555/A.",
    ],
)
def test_string_means_the_work_however_it_is_written(text) -> None:
    assert means(text) == "10.5555/a"


@pytest.mark.parametrize(
    "text",
    [
        "Wolf F: Reply to: Unique features of action potential initiation in cortical neurons."
        " Nature 2007, 441:2-3.",
        "Smith J: Unique features of action potential initiation in cortical neurons of the"
        " squid. J Squid Res 1999, 4:7-9.",
        "Naundorf B, Wolf F: Something else altogether, and more. Nature 2006, 439:200-203.",
        "Naundorf B: Unique features of action potential initiation in cortical neurons. Brain"
        " Res 1996, 12:44-49.",
        "",
        "2006",
    ],
)
def test_what_only_looks_like_the_work_means_nothing(text) -> None:
    assert means(text) is None


def test_members_mean_the_work_with_and_without_a_title() -> None:
    place = {"journal-title": "Nature", "volume": "440", "first-page": "1060", "year": "2006"}
    assert means(place | {"author": "Naundorf"}) == "10.5555/a"
    assert means(place | {"volume": "441", "author": "Naundorf"}) is None
    titled = {"article-title": WORK.title, "author": "Naundorf B.", "year": "2007"}
    assert means(titled) == "10.5555/a"
    assert means(titled | {"author": "Smith", "year": "1999"}) is None


def test_parts_of_a_series_are_told_apart() -> None:
    other = SERIES._replace(
        doi="10.5555/b", title=SERIES.title.replace("II.", "III."), volume="441", first_page="9"
    )
    text = (
        "Naundorf B (2006) Studies on the curing of herring with coarse salt. III. Brine."
        " Nature 441:9-12"
    )
    assert means(text, SERIES, other) == "10.5555/b"
    assert means(text, SERIES) is None


def test_short_title_needs_its_place() -> None:
    assert means("Naundorf: Sarcoidosis. N Engl J Med 2006, 440:1060-65.", SHORT) == "10.5555/a"
    assert means("Naundorf: Sarcoidosis. Lancet 2006, 12:5-9.", SHORT) is None


def test_two_that_fit_alike_leave_it_open() -> None:
    text = f"Naundorf B (2006) {WORK.title}. Nature 440:1060-3"
    found = match(read(text), [WORK, WORK._replace(doi="10.5555/b")])
    assert found.citable is None
    assert set(found.open) == {"10.5555/a", "10.5555/b"}


members = st.dictionaries(
    st.sampled_from(["author", "year", "volume", "first-page", "article-title", "unstructured"]),
    st.one_of(st.text(max_size=60), st.integers(), st.none(), st.lists(st.text(max_size=3))),
)


@given(st.one_of(st.text(max_size=300), members))
def test_whatever_stands_there_is_read_and_means_nothing_by_chance(given_) -> None:
    assert means(given_) is None


# ------------------------------------------------------------------ the truth at hand


def is_held_back(text: str) -> bool:
    """Whether a string is of the third that nothing was tuned to."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


@pytest.mark.real_data
def test_references_of_the_truth_find_their_targets_and_no_others(
    fresh_database, real_data: Path
) -> None:
    path = real_data / "truth" / "references.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    targets = {row["doi"].lower(): row for row in rows}
    held = [row for row in rows if is_held_back(row["reference"])]
    closed, absent = held[:600], held[600:1200]
    for row in absent:
        targets.pop(row["doi"].lower(), None)
    closed = [row for row in closed if row["doi"].lower() in targets]
    with fresh_database.connect(None) as owner:
        fill(owner, targets)
    with fresh_database.connect() as connection:
        found = match_references(connection, [row["reference"] for row in closed])
        chosen = [one.citable.doi if one.citable else None for one in found]
        right = sum(c == row["doi"].lower() for c, row in zip(chosen, closed, strict=True))
        # Some rows of the truth name another work than the string does.
        assert right >= 0.985 * sum(doi is not None for doi in chosen)
        assert right >= 0.95 * len(closed)
        none = match_references(connection, [row["reference"] for row in absent])
        assert sum(one.citable is not None for one in none) < 0.01 * len(absent)


def fill(owner: Any, targets: dict[str, Any]) -> None:
    """Live releases, as far as the index reads them."""
    with owner.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog.release (croid, doi, title, container_title, volume, page)"
            " VALUES (md5(%s)::uuid, %s, %s, %s, %s, %s)",
            [
                (doi, doi, row.get("atitle"), row.get("jtitle"), row.get("volume"),
                 row.get("firstPage"))
                for doi, row in targets.items()
            ],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO catalog.contributor (croid, member, position, family_name)"
            " VALUES (md5(%s)::uuid, 'author', 0, %s)",
            [(doi, row["firstAuthor"]) for doi, row in targets.items() if row.get("firstAuthor")],
        )
    owner.execute("SELECT vulcanus.index_citables(ARRAY(SELECT croid FROM catalog.release))")
