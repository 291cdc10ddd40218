"""Addresses of licences become identifiers of SPDX, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_hub.vulcanus.licence import (
    ADDRESSES,
    KINDS,
    PORTS,
    VERSIONS,
    fold,
    name_licence,
    read,
    say,
)

PLAIN = {
    f"creativecommons.org/licenses/{kind[3:].lower()}/{version}": f"{kind}-{version}"
    for kind in KINDS
    for version in VERSIONS
}


@given(
    st.sampled_from(sorted(PLAIN)),
    st.sampled_from(["http://", "https://", "HTTPS://", "//", "", "http://www.", "www."]),
    st.sampled_from(["", "/", "/legalcode", "/legalcode.de", "/deed", "/deed.en_US", "/deed.ast/"]),
    st.sampled_from(["", "?ref=chooser", "#top"]),
)
def test_one_licence_of_creative_commons_has_one_identifier(bare, scheme, ending, rest) -> None:
    found = name_licence(f" {scheme}{bare}{ending}{rest} ")
    assert found is not None
    assert found.spdx == PLAIN[bare]


@given(st.text())
def test_folding_twice_changes_nothing_and_no_text_is_too_strange(url) -> None:
    assert fold(fold(url)) == fold(url)
    name_licence(url)


@given(st.sampled_from(sorted(PORTS)))
def test_listed_ports_are_found_by_their_address(spdx) -> None:
    kind, version, port = spdx.removeprefix("CC-").rsplit("-", 2)
    address = f"https://creativecommons.org/licenses/{kind.lower()}/{version}/{port.lower()}/"
    found = name_licence(address)
    assert found is not None
    assert found.spdx == spdx


@pytest.mark.parametrize(
    ("url", "spdx"),
    [
        ("http://creativecommons.org/licenses/by/2.0/uk/legalcode", "LicenseRef-CC-BY-2.0-UK"),
        ("http://creativecommons.org/licenses/by-ncsa/4.0/", "CC-BY-NC-SA-4.0"),
        ("http://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://www.apache.org/licenses/LICENSE-2.0.html", "Apache-2.0"),
    ],
)
def test_addresses_as_records_have_them_are_understood(url, spdx) -> None:
    found = name_licence(url)
    assert found is not None
    assert found.spdx == spdx


@pytest.mark.parametrize(
    "url",
    [
        "https://www.elsevier.com/tdm/userlicense/1.0/",
        "https://doi.org/10.15223/policy-037",
        "http://creativecommons.org/licenses/by/",
        "http://creativecommons.org/licenses/by/9.0/",
        "http://creativecommons.org/licenses/by/4.0/de/",
        "http://creativecommons.org/licenses/by-nd-sa/4.0/",
        "http://creativecommons.org/licenses/by-nc-nc/4.0/",
        "http://creativecommons.org.example.org/licenses/by/4.0/",
        "https://www.gnu.org/licenses/gpl-3.0.html",
    ],
)
def test_what_is_no_licence_of_the_list_is_given_no_identifier(url) -> None:
    assert name_licence(url) is None


def test_each_listed_address_is_in_its_folded_form() -> None:
    assert all(fold(f"https://{address}/") == address for address in ADDRESSES)


def test_identifier_stands_beside_its_address_only() -> None:
    terms, open_ = "https://www.springer.com/tdm", "https://creativecommons.org/licenses/by/4.0"
    found = read({"license": [{"URL": terms}, {"start": {}}, {"URL": open_}]})
    assert found is not None
    [told] = say(found)
    assert (told["path"], told["enrichedValue"]) == ("/license/2/spdx", "CC-BY-4.0")
    assert told["when"] == {"/license/2/URL": open_}
    assert (told["confidence"], told["evidence"]["url"]) == (1.0, open_)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"license": []},
        {"license": [{"URL": None}, "CC-BY"]},
        {"license": [{"URL": "https://www.springer.com/tdm"}]},
    ],
)
def test_record_without_a_known_licence_has_nothing_for_it(body) -> None:
    assert read(body) is None
