"""DOIs in paths: every spelling leads to the DOI it spells, and to no other."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from litestar import get
from litestar.params import FromPath

from nexus_api.raw_path import SUFFIXES, DoiPath, encode, parse_doi_path, routed_path
from nexus_hub.aquilo.errors import MalformedPath, NoSuchRoute
from nexus_hub.croid.errors import MalformedIdentifier

PCHAR = "!$&'()*+,;=:@-._~"
tails = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)
pieces = st.sampled_from(
    ["/", "//", "%2F", "%2f", "%252F", "%", "<a>", "();", "?", "#", "/agency", "+", "A", ".", ".."]
)
suffix_texts = st.lists(tails | pieces, min_size=1, max_size=4).map("".join)
dois = st.builds(
    "10.{}{}/{}".format,
    st.integers(1000, 99_999),
    st.sampled_from(["", ".5"]),
    suffix_texts,
)


def plain(doi):
    return quote(doi, safe=PCHAR + "/").encode()


def slashes_only(doi):
    return plain(doi).replace(b"/", b"%2F")


def whole(doi):
    return quote(doi, safe="").encode()


def every_byte(doi):
    return "".join(f"%{byte:02x}" for byte in doi.encode()).encode()


one_segment = st.sampled_from([slashes_only, whole, every_byte])


def looks_like_a_suffix(doi):
    return "/transform/" in doi or doi.rpartition("/")[2] in SUFFIXES


@given(dois, one_segment)
def test_a_doi_in_one_segment_is_read_back_whatever_it_holds(doi, spelling):
    assert parse_doi_path(spelling(doi)) == DoiPath(doi)


@given(dois, one_segment, st.sampled_from(sorted(SUFFIXES)))
def test_a_suffix_follows_a_doi_in_one_segment(doi, spelling, suffix):
    assert parse_doi_path(spelling(doi) + b"/" + suffix.encode()) == DoiPath(doi, suffix)


@given(dois)
def test_a_plain_doi_is_read_back(doi):
    assume(not looks_like_a_suffix(doi))
    assert parse_doi_path(plain(doi)) == DoiPath(doi)


@given(dois, st.sampled_from(sorted(SUFFIXES)))
def test_a_suffix_follows_a_plain_doi(doi, suffix):
    assume("/transform/" not in doi)
    assert parse_doi_path(plain(doi) + b"/" + suffix.encode()) == DoiPath(doi, suffix)


@given(dois, dois)
def test_two_dois_share_a_route_only_when_they_are_the_same(one, other):
    assume(not looks_like_a_suffix(one) and not looks_like_a_suffix(other))
    routes = {routed_path(b"/works/" + whole(doi)) for doi in (one, other)}
    assert len(routes) == len({one.lower(), other.lower()})


@given(dois)
def test_all_spellings_and_the_id_parameter_share_a_route(doi):
    assume(not looks_like_a_suffix(doi))
    tails = {spelling(doi) for spelling in (plain, slashes_only, whole, every_byte)}
    routes = {routed_path(b"/works/" + tail) for tail in tails}
    routes.add(routed_path(b"/works", b"rows=1&id=doi:" + whole(doi)))
    routes.add(routed_path(b"/v1/works/" + plain(doi)))
    assert routes == {"/works/" + encode(doi.lower())}


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (b"10.24911/jbcgenetics/", DoiPath("10.24911/jbcgenetics/")),
        (b"10.24911/jbcgenetics//agency", DoiPath("10.24911/jbcgenetics/", "agency")),
        (b"10.5555/references", DoiPath("10.5555/references")),
        (b"10.5555/references/references", DoiPath("10.5555/references", "references")),
        (b"10.5555%2Freferences/agency/", DoiPath("10.5555/references", "agency")),
        (b"10.1002/(sici)1<2::a>3.0;2-a", DoiPath("10.1002/(sici)1<2::a>3.0;2-a")),
        (b"10.5555//a", DoiPath("10.5555//a")),
        (b"10.5555/a%252Fb", DoiPath("10.5555/a%2Fb")),
        (b"10.5555/a%2Fb", DoiPath("10.5555/a/b")),
        (
            b"10.5555/a/transform/application/x-bibtex",
            DoiPath("10.5555/a", "transform", "application/x-bibtex"),
        ),
        (
            b"10.5555%2fa/transform/application%2Fx-bibtex",
            DoiPath("10.5555/a", "transform", "application/x-bibtex"),
        ),
    ],
)
def test_the_known_traps(tail, expected):
    assert parse_doi_path(tail) == expected


@pytest.mark.parametrize("path", [b"/works/%zz", b"/works/10.5555/%", b"/%ff", b"/id/doi/%00"])
def test_a_path_that_is_no_text_is_refused(path):
    with pytest.raises(MalformedPath):
        routed_path(path)


@pytest.mark.parametrize("path", [b"/works/journal", b"/works/10.5555%252Fa", b"/works//10.5555/a"])
def test_what_is_no_doi_is_refused(path):
    with pytest.raises(MalformedIdentifier):
        routed_path(path)


def test_nothing_but_a_suffix_follows_a_whole_doi():
    with pytest.raises(NoSuchRoute, match="zebra"):
        routed_path(b"/works/10.5555%2Fa/zebra")


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        (b"/works", b"query=x", "/works"),
        (b"/works/", b"", "/works"),
        (b"//works//", b"", "/works"),
        (b"/v1/works", b"", "/works"),
        (b"/v1/deposits", b"", "/v1/deposits"),
        (b"/works/agency", b"id=doi:10.5555/A", "/works/10.5555%2Fa/agency"),
        (b"/works/10.5555/b", b"id=doi:10.5555/A", "/works/10.5555%2Fb"),
        (b"/%77orks/10.5555/A", b"", "/works/10.5555%2Fa"),
        (b"/id/doi/10.5555/A%2Fb", b"", "/id/doi/10.5555%2FA%2Fb"),
        (
            b"/organizations/https%3A%2F%2Fror.org%2F1",
            b"",
            "/organizations/https:%2F%2Fror.org%2F1",
        ),
        (b"/cro/06aab5xre4rt7g8yfk40hqgwwr", b"", "/cro/06aab5xre4rt7g8yfk40hqgwwr"),
        (b"/works%2F10.5555%2Fa", b"", "/works%2F10.5555%2Fa"),
        (b"/works?query=/x", b"", "/works"),
    ],
)
def test_every_path_has_one_canonical_route(path, query, expected):
    assert routed_path(path, query) == expected


@get("/works/{doi:str}", operation_id="work_get")
async def work_get(doi: FromPath[str]) -> dict[str, Any]:
    return {"doi": doi}


@get("/works/{doi:str}/agency", operation_id="work_agency_get")
async def work_agency_get(doi: FromPath[str]) -> dict[str, Any]:
    return {"agency of": doi}


@get("/id/{scheme:str}/{value:str}", operation_id="identifier_get")
async def identifier_get(scheme: FromPath[str], value: FromPath[str]) -> dict[str, Any]:
    return {scheme: value}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/works/10.5555/A%252Fb//", {"doi": "10.5555/a%2fb//"}),
        ("/works/10.5555/a/agency", {"agency of": "10.5555/a"}),
        ("/works/10.5555%2Fa%2Fagency", {"doi": "10.5555/a/agency"}),
        ("/id/ark/12148/b%20c", {"ark": "12148/b c"}),
    ],
)
def test_handlers_are_given_decoded_identifiers(serve, path, expected):
    client = serve(work_get, work_agency_get, identifier_get)
    for _ in range(2):
        assert client.get(path).json() == expected


def test_what_is_asked_about_an_organisation_is_a_segment_of_its_own():
    for path, route in {
        b"/organizations/052gg0110/history": "/organizations/052gg0110/history",
        b"/organizations/https://ror.org/052gg0110/history/": (
            "/organizations/https:%2F%2Fror.org%2F052gg0110/history"
        ),
        b"/organizations/https%3A%2F%2Fror.org%2F052gg0110/history": (
            "/organizations/https:%2F%2Fror.org%2F052gg0110/history"
        ),
        b"/organizations/history": "/organizations/history",
        b"/id/ror/history": "/id/ror/history",
    }.items():
        assert routed_path(path) == route
