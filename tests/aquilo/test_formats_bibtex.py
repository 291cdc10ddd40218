"""BibTeX: entries that BibTeX can read back, whatever stands in the record."""

import gzip
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.aquilo import bibtex


def value_end(text):
    """Where a field's value ends: at the first comma or line break outside braces."""
    depth = 0
    for end, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        assert depth >= 0, text
        if depth == 0 and char in ",\n":
            return end
    pytest.fail(f"no end: {text}")


def fields(entry):
    """The fields of one entry, read as BibTeX reads them: by counting braces, escaped or not."""
    head = re.match(r"@([a-z]+)\{([a-z0-9]+),\n", entry)
    assert head, entry
    rest = entry[head.end() :]
    found = {"ENTRYTYPE": head[1], "ID": head[2]}
    while part := re.match(r"  ([a-z]+) = ", rest):
        rest = rest[part.end() :]
        end = value_end(rest)
        assert part[1] not in found, entry
        found[part[1]] = rest[:end].removeprefix("{").removesuffix("}")
        rest = rest[end:].removeprefix(",").removeprefix("\n")
    assert rest == "}\n", entry
    return found


def article(**members):
    return {
        "type": "journal-article",
        "DOI": "10.5555/12345678",
        "title": ["Deep water"],
        "author": [{"family": "Roe", "given": "Jo"}],
        "issued": {"date-parts": [[2020, 5, 1]]},
    } | members


@given(
    title=st.text(),
    family=st.text(min_size=1),
    doi=st.text(min_size=1),
    volume=st.text(alphabet='{}\\,"%#_^~$&@=\n a', max_size=8),
)
def test_any_text_gives_an_entry_that_can_be_read_back(title, family, doi, volume):
    body = article(
        title=[title], author=[{"family": family}, {"name": "G"}], DOI=doi, volume=volume
    )
    entry = bibtex.entry(body)
    assert fields(entry)["ENTRYTYPE"] == "article"
    assert entry == bibtex.entry(body)


def test_an_article_has_the_fields_of_an_article():
    entry = bibtex.entry(
        article(
            volume="7", issue="2", page="1-12", **{"container-title": ["Journal of Water & Ice"]}
        )
    )
    assert fields(entry) == {
        "ENTRYTYPE": "article",
        "ID": "roe2020deep",
        "author": "Roe, Jo",
        "title": "Deep water",
        "journal": r"Journal of Water \& Ice",
        "year": "2020",
        "month": "may",
        "volume": "7",
        "number": "2",
        "pages": "1--12",
        "doi": "10.5555/12345678",
        "url": "https://doi.org/10.5555/12345678",
    }


@pytest.mark.parametrize(
    ("kind", "entry_type"),
    [
        ("book-chapter", "incollection"),
        ("proceedings-article", "inproceedings"),
        ("proceedings", "proceedings"),
        ("monograph", "book"),
        ("dissertation", "phdthesis"),
        ("report", "techreport"),
        ("posted-content", "misc"),
        ("dataset", "misc"),
    ],
)
def test_each_type_of_work_has_its_entry_type(kind, entry_type):
    assert fields(bibtex.entry(article(type=kind)))["ENTRYTYPE"] == entry_type


def test_a_group_is_one_name_whatever_words_it_has():
    entry = bibtex.entry(article(author=[{"name": "Trials and Errors, Ltd"}]))
    assert fields(entry)["author"].strip("{}") == "Trials and Errors, Ltd"
    assert "{{Trials and Errors, Ltd}}" in entry


def test_unicode_stays_and_markup_becomes_commands():
    entry = bibtex.entry(article(title=["H<sub>2</sub>O in Łódź"]))
    assert fields(entry)["title"] == r"H\textsubscript{2}O in Łódź"


def test_an_edited_book_needs_no_author():
    body = article(type="edited-book", editor=[{"family": "Poe"}]) | {"author": []}
    assert fields(bibtex.entry(body))["ID"] == "poe2020deep"


def test_a_record_without_people_is_an_entry_that_can_be_sorted():
    read = fields(bibtex.entry(article(author=[], publisher="Press & Co <i>Ltd</i>")))
    assert (read["ID"], read["key"]) == ("anon2020deep", r"Press \& Co Ltd")
    assert {"author", "editor"}.isdisjoint(read)
    assert "key" not in fields(bibtex.entry(article()))


@pytest.mark.real_data
def test_every_real_work_becomes_an_entry(real_data):
    counts = {"author": 0, "editor": 0, "key": 0}
    with gzip.open(real_data / "crossref" / "works.jsonl.gz", "rt", encoding="utf-8") as lines:
        for work in map(json.loads, lines):
            read = fields(bibtex.entry(work))
            found = next(name for name in counts if read.get(name))
            assert (found == "author") == bool(work.get("author"))
            counts[found] += 1
    assert counts["author"] + counts["editor"] > 5_000
    assert counts["key"] > 100
