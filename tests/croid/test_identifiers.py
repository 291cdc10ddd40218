"""One normal form for each identifier, whatever is written around it, in Python and SQL."""

import re
import string
import unicodedata
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_hub.croid.errors import MalformedIdentifier, UnknownScheme
from nexus_hub.croid.identifiers import LONGEST_BYTES, normalise, normalise_doi, recognise
from nexus_hub.croid.schemes import SCHEMES

ACCEPTED = [
    ("doi", "10.1234/ak../2949_-d.(asdf)fh", "10.1234/ak../2949_-d.(asdf)fh"),
    ("doi", "10.1002/(SICI)1<2::AID-A>3.0.CO;2-T", "10.1002/(sici)1<2::aid-a>3.0.co;2-t"),
    ("doi", "10.24911/jbcgenetics/", "10.24911/jbcgenetics/"),
    ("doi", "10.1000.10//x", "10.1000.10//x"),
    ("doi", "10.1000/a%3Cb", "10.1000/a%3cb"),
    ("doi", "https://doi.org/10.1000/a%3Cb%253C", "10.1000/a<b%3c"),
    ("doi", "http://dx.doi.org/10.1000/X", "10.1000/x"),
    ("doi", "HTTPS://WWW.DOI.ORG/10.1000/X", "10.1000/x"),
    ("doi", "doi.org/10.1000/x", "10.1000/x"),
    ("doi", "DOI: 10.1000/x", "10.1000/x"),
    ("doi", "doi 10.1000/x", "10.1000/x"),
    ("doi", "info:doi/10.1000/x", "10.1000/x"),
    ("doi", "https://doi.org/https://doi.org/10.1000/x", "10.1000/x"),
    ("doi", "https://doi.org/doi:10.1000/x", "10.1000/x"),
    ("doi", " 10.1000/x\t", "10.1000/x"),
    ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"),
    ("orcid", "http://orcid.org/0000-0002-9079-593x", "0000-0002-9079-593X"),
    ("orcid", "https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"),
    ("orcid", "0000000218250097", "0000-0002-1825-0097"),
    ("orcid", "0000\u20100002\u20101825\u20100097", "0000-0002-1825-0097"),
    ("ror", "https://ror.org/05gq02987", "05gq02987"),
    ("ror", "ror.org/05GQ02987?x=1", "05gq02987"),
    ("funder", "10.13039/100000001", "10.13039/100000001"),
    ("funder", "http://dx.doi.org/10.13039/501100000780", "10.13039/501100000780"),
    ("funder", "100000001", "10.13039/100000001"),
    ("pmid", "PMID: 12345", "12345"),
    ("pmid", "https://pubmed.ncbi.nlm.nih.gov/12345/?x#y", "12345"),
    ("pmid", "http://www.ncbi.nlm.nih.gov/pubmed/12345", "12345"),
    ("pmcid", "PMC12", "PMC12"),
    ("pmcid", "pmc12.2", "PMC12.2"),
    ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/", "PMC12"),
    ("hdl", "2381/12775", "2381/12775"),
    ("hdl", "hdl:20.500.12345/ABC", "20.500.12345/abc"),
    ("hdl", "https://hdl.handle.net/2381/%C3%84B", "2381/\u00c4b"),
    ("hdl", "2381/A\u0308", "2381/\u00c4"),
    ("hdl", "2381/H\u0331\u212a", "2381/\u1e96k"),
    ("arxiv", "0806.2878v1", "0806.2878v1"),
    ("arxiv", "hep-th/9901001v1", "hep-th/9901001v1"),
    ("arxiv", "math.CA/0611800v2", "math/0611800v2"),
    ("arxiv", "arXiv:2101.00001v12", "2101.00001v12"),
    ("arxiv", "https://arxiv.org/pdf/2101.00001v1.pdf", "2101.00001v1"),
    ("issn", "0378-5955", "0378-5955"),
    ("issn", "e-ISSN: 1050124x", "1050-124X"),
    ("isbn", "978-1-56619-909-4", "9781566199094"),
    ("isbn", "ISBN-10: 0-8044-2957-X", "9780804429573"),
    ("isbn", "http://id.crossref.org/isbn/978-0-8031-0234-7", "9780803102347"),
    ("isni", "0000 0001 2353 1689", "0000000123531689"),
    ("grid", "https://www.grid.ac/institutes/grid.512190.E", "grid.512190.e"),
    ("wikidata", "https://www.wikidata.org/wiki/q42", "Q42"),
    ("core", "https://core.ac.uk/display/1234", "1234"),
    ("jstor", "https://www.jstor.org/stable/1234", "1234"),
    ("ark", "https://n2t.net/ark:12148/btv1b8449691v", "ark:/12148/btv1b8449691v"),
    ("mag", "2046513214", "2046513214"),
    ("doaj", "https://doaj.org/article/0123456789ABCDEF0123456789abcdef", "0123456789abcdef" * 2),
    ("dblp", "https://dblp.org/rec/journals/vldb/MannAJ16", "journals/vldb/MannAJ16"),
    ("oai", "oai:arXiv.org:cs/0112017", "oai:arXiv.org:cs/0112017"),
]

REFUSED = [
    ("doi", ""),
    ("doi", "10.2/x"),
    ("doi", "10.1234/"),
    ("doi", "10.1234"),
    ("doi", "10.1234/a b"),
    ("doi", "10.1234/a\u00a0b"),
    ("doi", "10.1234/\u00e4"),
    ("doi", "10.1234/\u212a"),
    ("doi", "10.1234/a\u200b"),
    ("doi", "10.1234/a\x00b"),
    ("doi", "10.1234/a\x7f"),
    ("doi", "https://doi.org/10.1234/a%0Ab"),
    ("doi", "https://doi.org/10.1234/%FF"),
    ("doi", "https://example.org/10.1234/x"),
    ("doi", "10.0123/x"),
    ("doi", "10.1234567890/x"),
    ("doi", "10.1155_2013/232916"),
    ("doi", "\u0661\u0660.1234/x"),
    ("doi", "10.1234/" + "x" * LONGEST_BYTES),
    ("orcid", "0000-0002-1825-0098"),
    ("orcid", "0000-0002-1825-009"),
    ("orcid", "0000-0002-1825-\u0660\u0660\u0669\u0667"),
    ("ror", "05gq02988"),
    ("ror", "15gq02987"),
    ("ror", "05gu02987"),
    ("funder", "10.1234/100000001"),
    ("funder", "1234"),
    ("pmid", "0"),
    ("pmid", "012"),
    ("pmid", "PMC12"),
    ("pmcid", "12"),
    ("pmcid", "PMC"),
    ("hdl", "10.1234/x"),
    ("hdl", "hdl:10.1234/x"),
    ("hdl", "10/x"),
    ("hdl", "2381/"),
    ("hdl", "2381/a b"),
    ("hdl", "2381/a\u200b"),
    ("arxiv", "0806.2878"),
    ("arxiv", "0813.2878v1"),
    ("arxiv", "0806.2878v0"),
    ("arxiv", "hep-th/9901001"),
    ("issn", "0378-5954"),
    ("issn", "0378-595"),
    ("isbn", "978-1-56619-909-3"),
    ("isbn", "0-8044-2957-1"),
    ("isbn", "4006381333931"),
    ("isni", "0000 0001 2353 1688"),
    ("grid", "grid.1234"),
    ("wikidata", "P31"),
    ("core", "x"),
    ("jstor", "10.2307/1234"),
    ("ark", "12148/btv1b8449691v"),
    ("mag", "W2046513214"),
    ("doaj", "0123456789abcdef"),
    ("dblp", "vldb"),
    ("oai", "arXiv.org:cs/0112017"),
]

SUFFIX = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    min_size=1,
    max_size=40,
)
DOIS = st.builds(
    lambda registrant, parts, suffix: f"10.{registrant}{''.join(parts)}/{suffix}",
    st.integers(1000, 999_999_999),
    st.lists(st.integers(0, 999).map(lambda number: f".{number}"), max_size=2),
    SUFFIX,
)
AROUND_DOIS = st.sampled_from(
    ["doi:", "DOI: ", "doi.org/", "https://doi.org/", "http://dx.doi.org/", "info:doi/"]
)
# What a later Unicode adds, one of the two may not know yet.
KNOWN_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00"))
EXAMPLES = [normal for *_, normal in ACCEPTED] + [value for _, value in REFUSED]
NEAR_MISSES = st.builds(
    lambda value, place, new: value[:place] + new + value[place:],
    st.sampled_from([value for value in EXAMPLES if "\x00" not in value]),
    st.integers(0, 60),
    KNOWN_TEXT,
)


def is_normal(scheme: str, value: str) -> bool:
    """Whether Python leaves the value as it is."""
    try:
        return normalise(scheme, value) == value
    except MalformedIdentifier:
        return False


@pytest.mark.parametrize(("scheme", "given_as", "normal"), ACCEPTED)
def test_normal_form(scheme: str, given_as: str, normal: str) -> None:
    assert normalise(scheme, given_as) == normal
    assert normalise(scheme, normal) == normal


@pytest.mark.parametrize(("scheme", "value"), REFUSED)
def test_malformed_values_are_refused(scheme: str, value: str) -> None:
    with pytest.raises(MalformedIdentifier, match=scheme):
        normalise(scheme, value)


@pytest.mark.parametrize(
    ("given_as", "normal"), [(text, normal) for scheme, text, normal in ACCEPTED if scheme == "doi"]
)
def test_normal_form_of_a_doi_alone(given_as: str, normal: str) -> None:
    assert normalise_doi(given_as) == normal


@pytest.mark.parametrize("value", [value for scheme, value in REFUSED if scheme == "doi"])
def test_malformed_dois_are_refused_alone(value: str) -> None:
    with pytest.raises(MalformedIdentifier):
        normalise_doi(value)


def test_every_scheme_has_examples_of_both_sorts() -> None:
    assert {scheme for scheme, *_ in ACCEPTED} == {scheme for scheme, *_ in REFUSED} == set(SCHEMES)


def test_unknown_scheme_is_refused() -> None:
    with pytest.raises(UnknownScheme):
        normalise("purl", "x")


@pytest.mark.parametrize(("scheme", "given_as", "normal"), ACCEPTED)
def test_sql_leaves_normal_forms_alone(
    db: psycopg.Connection, scheme: str, given_as: str, normal: str
) -> None:
    row = db.execute("SELECT croid.normalise(%s, %s)", [scheme, normal]).fetchone()
    assert row == (normal,)


def test_sql_refuses_what_python_refuses(db: psycopg.Connection) -> None:
    values = [(scheme, value) for scheme, value in REFUSED if "\x00" not in value]
    accepted = db.execute(
        "SELECT v.scheme, v.value FROM unnest(%s::text[], %s::text[]) AS v (scheme, value)"
        " WHERE croid.normalise(v.scheme, v.value) IS NOT NULL",
        [[scheme for scheme, _ in values], [value for _, value in values]],
    ).fetchall()
    assert accepted == []


def test_schemes_have_one_form_in_python_and_sql(db: psycopg.Connection) -> None:
    rows = db.execute("SELECT scheme, pattern FROM croid.scheme").fetchall()
    assert dict(rows) == {scheme: rules.form.pattern for scheme, rules in SCHEMES.items()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(SCHEMES)), KNOWN_TEXT | NEAR_MISSES)
def test_python_and_sql_call_the_same_values_normal(
    db: psycopg.Connection, scheme: str, value: str
) -> None:
    row = db.execute("SELECT croid.normalise(%s, %s) = %s", [scheme, value, value]).fetchone()
    assert row is not None
    assert bool(row[0]) == is_normal(scheme, value)


@given(DOIS)
def test_doi_case_is_no_difference(doi: str) -> None:
    assert normalise_doi(doi) == normalise_doi(doi.upper()) == normalise_doi(doi.lower())


@given(DOIS)
def test_doi_normal_form_is_stable(doi: str) -> None:
    normal = normalise_doi(doi)
    assert normalise_doi(normal) == normal == doi.lower()


@given(AROUND_DOIS, DOIS)
def test_doi_is_taken_out_of_what_is_written_around_it(around: str, doi: str) -> None:
    is_url = around.endswith("/")
    assert normalise_doi(around + (quote(doi, safe="/") if is_url else doi)) == doi.lower()


@given(st.text())
def test_no_text_breaks_normalising_and_recognising(text: str) -> None:
    for scheme in SCHEMES:
        try:
            normal = normalise(scheme, text)
        except MalformedIdentifier:
            continue
        assert normalise(scheme, normal) == normal
        assert unicodedata.is_normalized("NFC", normal)
        assert not re.search(r"\s", normal)
    recognise(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://doi.org/10.5555/ABC", ("doi", "10.5555/abc")),
        ("10.5555/ABC", ("doi", "10.5555/abc")),
        ("https://doi.org/10.13039/100000001", ("funder", "10.13039/100000001")),
        ("10.13039/100000001", ("funder", "10.13039/100000001")),
        ("10.13039/x", ("doi", "10.13039/x")),
        ("0000-0002-1825-0097", ("orcid", "0000-0002-1825-0097")),
        ("https://ror.org/05gq02987", ("ror", "05gq02987")),
        ("05gq02987", ("ror", "05gq02987")),
        ("0378-5955", ("issn", "0378-5955")),
        ("978-1-56619-909-4", ("isbn", "9781566199094")),
        ("PMC12.2", ("pmcid", "PMC12.2")),
        ("arXiv:hep-th/9901001v1", ("arxiv", "hep-th/9901001v1")),
        ("0806.2878v1", ("arxiv", "0806.2878v1")),
        ("hdl:2381/12775", ("hdl", "2381/12775")),
        ("ark:/12148/btv1b8449691v", ("ark", "ark:/12148/btv1b8449691v")),
        ("oai:arXiv.org:cs/0112017", ("oai", "oai:arXiv.org:cs/0112017")),
        ("Q42", ("wikidata", "Q42")),
        ("2381/12775", None),
        ("12345", None),
        ("0378-5954", None),
        ("https://example.org/10.5555/abc", None),
        ("", None),
    ],
)
def test_recognising_believes_what_is_named_and_what_is_telling(
    text: str, found: tuple[str, str] | None
) -> None:
    assert recognise(text) == found
