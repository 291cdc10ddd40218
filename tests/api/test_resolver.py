"""Names at the root: each leads where it should, also those that lead nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.test_members import make_member
from api.test_states import Press
from nexus_hub.croid.codec import decode
from serving import serving
from stories.hub import Hub, hub, record

__all__ = ["hub"]

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "User-Agent": "Mozilla/5.0"}
LANDING = "https://example.org/10.5555/a"


def slug(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def ask(hub: Hub, path: str, **headers: str) -> Any:
    return hub.client.get(path, headers=BROWSER | headers, follow_redirects=False)


def deposit(hub: Hub, doi: str, resource: dict[str, Any], **members: Any) -> str:
    """Deposit one work; its CROID."""
    told = hub.deposit(record(doi, **members) | {"resource": resource})
    (one,) = told["records"]
    assert one["result"] in {"created", "updated", "warning"}, one
    return one["croid"]


def counted(hub: Hub) -> list[tuple[Any, ...]]:
    """What is counted, once it is written."""
    log = hub.client.app.state.resolutions
    hub.client.blocking_portal.call(log.flush)
    with hub.database.connect("nexus_dba") as connection:
        return connection.execute(
            "SELECT doi, outcome::text, agent::text, location, sum(count)::integer"
            " FROM gleba.resolution GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        ).fetchall()


@pytest.mark.parametrize("path", ["/10.5555/a", "/10.5555/A", "/10.5555%2Fa", "/10.5555%2FA"])
def test_a_doi_leads_to_its_landing_page(hub, path):
    deposit(hub, "10.5555/A", {"primary": LANDING})
    answer = ask(hub, path)
    assert (answer.status_code, answer.headers["location"]) == (302, LANDING)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    "doi", ["10.24911/jbcgenetics/", "10.5555//a", "10.1002/(sici)1<2::a>3.0;2-a", "10.5555/a%2fb"]
)
def test_odd_dois_lead_to_themselves_alone(hub, doi):
    url = "https://example.org/odd"
    deposit(hub, doi, {"primary": url})
    assert ask(hub, "/" + quote(doi, safe="/")).headers["location"] == url
    assert ask(hub, "/" + quote(doi, safe="")).headers["location"] == url
    assert ask(hub, "/" + quote(doi, safe="/") + "/").status_code == 404


def test_suffixes_of_works_are_part_of_a_doi_at_the_root(hub):
    deposit(hub, "10.5555/a/agency", {"primary": LANDING})
    assert ask(hub, "/10.5555/a/agency").headers["location"] == LANDING


def test_a_croid_leads_to_the_landing_page_too(hub):
    croid = deposit(hub, "10.5555/a", {"primary": LANDING})
    for path in (f"/{croid}", f"/{croid.upper()}", f"/{croid}/"):
        assert ask(hub, path).headers["location"] == LANDING
    assert ask(hub, "/0000000000000000000000000z").status_code == 404


def test_head_is_answered_like_get(hub):
    deposit(hub, "10.5555/a", {"primary": LANDING})
    answer = hub.client.head("/10.5555/a", headers=BROWSER, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, LANDING)
    assert hub.client.head("/10.5555/none", headers=BROWSER).status_code == 404


def test_who_wants_data_is_sent_to_it(hub):
    deposit(hub, "10.5555/a", {"primary": LANDING})
    answer = ask(hub, "/10.5555/a", Accept="application/vnd.citationstyles.csl+json")
    assert (answer.status_code, answer.headers["location"]) == (
        302,
        "/works/10.5555%2Fa/transform/csl",
    )
    followed = hub.client.get("/10.5555/a", headers={"Accept": "application/x-bibtex"})
    assert followed.headers["content-type"].startswith("application/x-bibtex")
    assert hub.client.get("/10.5555/a", headers={"Accept": "image/png"}).status_code == 406


def test_what_nobody_registered_is_a_page_for_people_and_a_problem_for_programs(hub):
    page = ask(hub, "/10.5555/%3Cscript%3E")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "https://doi.org/" in page.text
    assert "<script" not in page.text
    problem = hub.client.get("/10.5555/nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    assert slug(problem) == (404, "no-such-object")
    assert ask(hub, "/10.5555").status_code == 400
    assert slug(hub.client.get("/10.5/a")) == (400, "malformed-identifier")


def test_paths_that_are_no_names_are_left_alone(hub):
    assert slug(hub.client.get("/zebra")) == (404, "no-such-route")
    assert slug(hub.client.post("/zebra")) == (404, "no-such-route")
    assert slug(hub.client.get("/resolver/10.5555%2Fa")) == (404, "no-such-route")
    assert hub.client.delete("/10.5555/a").status_code == 405


def remove(hub: Hub, croid: str, action: str, target: str | None = None) -> None:
    with hub.database.connect(None) as connection:
        connection.execute(
            "SELECT catalog.apply_edits('00000000-0000-7000-8000-000000000001', '', NULL, NULL,"
            " ARRAY[%s]::catalog.edit_action[], ARRAY[%s]::uuid[], '{release}',"
            " ARRAY[NULL]::text[], ARRAY[%s]::uuid[], ARRAY[NULL]::uuid[],"
            " ARRAY[NULL]::uuid[], ARRAY[NULL]::text[])",
            [action, decode(croid), decode(target) if target else None],
        )


def test_a_deleted_object_leaves_a_page_with_what_is_known(hub):
    croid = deposit(hub, "10.5555/a", {"primary": LANDING})
    remove(hub, croid, "delete")
    page = ask(hub, "/10.5555/a")
    assert page.status_code == 410
    assert "A light in the house" in page.text
    assert f"/cro/{croid}/revisions/" in page.text
    assert croid in page.headers["link"]
    assert slug(hub.client.get("/10.5555/a")) == (410, "gone")
    assert ask(hub, f"/{croid}").status_code == 410
    assert {row[:2] for row in counted(hub)} == {("", "deleted"), ("10.5555/a", "deleted")}


def test_a_merged_object_leads_to_the_survivor(hub):
    one = deposit(hub, "10.5555/a", {"primary": LANDING})
    two = deposit(hub, "10.5555/b", {"primary": "https://example.org/b"})
    remove(hub, one, "redirect", two)
    assert ask(hub, "/10.5555/a").headers["location"] == "https://example.org/b"
    assert ask(hub, f"/{one}").headers["location"] == "https://example.org/b"
    told = hub.get("/api/handles/10.5555/a")
    assert [(v["type"], v["data"]["value"]) for v in told["values"]] == [
        ("URL", "https://example.org/b"),
        ("HS_ALIAS", "10.5555/b"),
    ]


def test_drafts_registered_dois_and_aliases_are_answered_for(hub):
    with hub.database.connect() as connection:
        press = Press(hub, make_member(connection, "Press", "10.5555")[1])
    press.say("10.5555/draft", "draft")
    press.say("10.5555/hidden", "registered")
    press.say("10.5555/open", "findable")
    answer = press.ask("POST", "/works/10.5555/open/alias", json={"alias": "10.5555/other"})
    assert answer.status_code < 300, answer.text
    assert ask(hub, "/10.5555/draft").status_code == 404
    assert hub.client.get("/api/handles/10.5555/draft").json()["responseCode"] == 100
    assert ask(hub, "/10.5555/hidden").headers["location"] == "https://example.org/10.5555/hidden"
    assert ask(hub, "/10.5555/other").headers["location"] == "https://example.org/10.5555/open"
    types = [value["type"] for value in hub.get("/api/handles/10.5555/other")["values"]]
    assert types == ["URL", "HS_ALIAS"]
    press.say("10.5555/open", "registered")
    assert ask(hub, "/10.5555/open").headers["location"] == "https://example.org/10.5555/open"
    assert press.ask("DELETE", "/works/10.5555/open").status_code < 300
    assert ask(hub, "/10.5555/open").status_code == 410


def test_what_has_no_location_is_described(hub):
    deposit(hub, "10.5555/a", {"primary": "javascript:alert(1)"})
    answer = ask(hub, "/10.5555/a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/works/10.5555%2Fa")


MIRROR, BRITISH = "https://mirror.example.org/a", "https://uk.example.org/a"
MIRRORS = {
    "primary": LANDING,
    "locations": [
        {"url": MIRROR, "label": "Mirror"},
        {"url": BRITISH, "label": "For <Britain>", "country": "gb"},
    ],
}


def test_of_several_locations_people_choose(hub):
    deposit(hub, "10.5555/a", MIRRORS)
    page = ask(hub, "/10.5555/a")
    assert page.status_code == 300
    assert "For &lt;Britain&gt;" in page.text
    assert "<script" not in page.text
    assert 'href="/10.5555%2Fa?locatt=id:1"' in page.text
    chosen = ask(hub, "/10.5555%2Fa?locatt=id:1")
    assert (chosen.status_code, chosen.headers["location"]) == (302, "https://mirror.example.org/a")
    assert (
        ask(hub, "/10.5555/a?locatt=label:Mirror")
        .headers["location"]
        .endswith("mirror.example.org/a")
    )
    assert (
        ask(hub, "/10.5555/a?locatt=country:GB").headers["location"] == "https://uk.example.org/a"
    )
    assert ask(hub, "/10.5555/a?locatt=label:Other").status_code == 300
    assert counted(hub) == [
        ("10.5555/a", "chooser", "browser", -1, 2),
        ("10.5555/a", "chosen", "browser", 1, 2),
        ("10.5555/a", "chosen", "browser", 2, 1),
    ]


def test_country_is_believed_from_the_header_that_the_operator_names(fresh_database):
    settings = fresh_database.settings.model_copy(update={"country_header": "X-Country"})
    with serving(settings) as client:
        there = Hub(client, settings, fresh_database)
        deposit(there, "10.5555/a", MIRRORS)
        assert (
            ask(there, "/10.5555/a", **{"X-Country": "GB"}).headers["location"]
            == "https://uk.example.org/a"
        )
        assert ask(there, "/10.5555/a", **{"X-Country": "FR"}).status_code == 300
        assert ask(there, "/10.5555/a", **{"X-Country": "<gb>"}).status_code == 300


def test_what_was_deposited_of_locations_is_in_the_record(hub):
    deposit(hub, "10.5555/a", MIRRORS)
    assert hub.get("/works/10.5555/a")["message"]["resource"] == {
        "primary": {"URL": LANDING},
        "secondary": [
            {"URL": MIRROR, "label": "Mirror"},
            {"URL": BRITISH, "label": "For <Britain>", "country": "GB"},
        ],
    }


def test_handles_tell_values_by_type_and_index(hub):
    deposit(hub, "10.5555/a", MIRRORS)
    told = hub.get("/api/handles/10.5555/A")
    assert (told["responseCode"], told["handle"]) == (1, "10.5555/A")
    url, loc = told["values"]
    assert (url["index"], url["type"], url["ttl"]) == (1, "URL", 86400)
    assert url["data"] == {"format": "string", "value": LANDING}
    assert loc["type"] == "10320/loc"
    assert loc["data"]["value"].count("<location ") == 3
    assert [v["index"] for v in hub.get("/api/handles/10.5555/a?type=URL")["values"]] == [1]
    assert [v["index"] for v in hub.get("/api/handles/10.5555/a?index=2")["values"]] == [2]
    assert len(hub.get("/api/handles/10.5555/a?index=2&type=url")["values"]) == 2
    assert hub.get("/api/handles/10.5555/a?type=EMAIL")["responseCode"] == 200
    for path in ("10.5555/none", "20.500/a", "x", "10.5555"):
        answer = hub.client.get(f"/api/handles/{path}")
        assert (answer.status_code, answer.json()["responseCode"]) == (404, 100), path
    bad = hub.client.get("/api/handles/10.5555/a?index=one")
    assert (bad.status_code, bad.json()["responseCode"]) == (400, 2)


STARTS = ["/10.", "/10.5555/", "/api/handles/", "/api/handles/10."]
ODD = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(["/10.", "/10.5555/", "/api/handles/", "/api/handles/10."]),
    odd=ODD,
    locatt=ODD,
)
def test_no_path_is_the_services_fault(hub, start, odd, locatt):
    for tail in (quote(odd, safe=""), quote(odd), odd.encode().hex("%", 1)):
        answer = ask(hub, f"{start}{tail}?locatt={quote(locatt)}")
        assert answer.status_code < 500, answer.text


def test_the_report_counts_by_prefix_and_month(hub):
    deposit(hub, "10.5555/a", {"primary": LANDING})
    for path in ("/10.5555/a", "/10.5555/a", "/10.5555/none"):
        ask(hub, path)
    counted(hub)
    assert hub.get("/reports/resolution")["stale"] is True
    with hub.database.connect() as connection:
        connection.execute("SELECT gleba.refresh('resolution')")
    told = hub.get("/reports/resolution?prefix=10.5555&rows=1&cursor=*")
    assert told["stale"] is False
    (first,) = told["items"]
    assert (first["outcome"], first["agent"], first["resolutions"], first["dois"]) == (
        "landed",
        "browser",
        2,
        1,
    )
    following = hub.get(f"/reports/resolution?prefix=10.5555&rows=1&cursor={told['next-cursor']}")
    assert [item["outcome"] for item in following["items"]] == ["unknown"]
    table = hub.client.get("/reports/resolution", headers={"Accept": "text/csv"})
    assert table.text.startswith("prefix,month,outcome,agent,resolutions,dois,as-of-index")
