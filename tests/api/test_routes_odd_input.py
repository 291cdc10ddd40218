"""Whatever is asked, it is the client's fault or it is answered: never a failure of the service."""

from itertools import product

from stories.hub import Hub, hub, record

__all__ = ["hub"]
ODD = (
    "%00",
    "%ff",
    "%ED%A0%80",
    "%F0%9F%92%A1",
    "%25",
    "..%2F..",
    "x" * 3000,
    "-1",
    "9" * 40,
    "1e9",
    "null",
    "'; DROP TABLE x; --",
    "%2A",
    "",
)
PATHS = (
    "/works/{}",
    "/works/10.5555/{}",
    "/works/10.5555/a/transform/{}",
    "/works/10.5555/a/explain?revision={}",
    "/works/10.5555/a?view={}",
    "/works/10.5555/a/deposits?cursor={}",
    "/works?query={}",
    "/works?rows={}",
    "/works?offset={}",
    "/works?cursor={}",
    "/works?query=a&query={}",
    "/organizations/{}",
    "/cro/{}",
    "/cro/00000000000000000000000000/revisions/{}",
    "/id/doi/{}",
    "/changes?after={}",
    "/changes?limit={}",
    "/changes?kind={}",
    "/changes?prefix={}",
    "/changes?cursor={}",
    "/changes?include={}",
    "/deposits/{}",
    "/deposits/{}/raw",
    "/reports/doi-counts?prefix={}",
    "/reports/doi-counts?cursor={}",
    "/reports/{}",
    "/editors/{}",
    "/editors/me/tokens/{}",
    "/editgroups/{}",
    "/editgroups/{}/edits",
    "/editgroups/{}/annotations",
    "/editgroups?status={}",
    "/editgroups?editor={}",
    "/editgroups?cursor={}",
    "/tasks/{}",
    "/tasks/{}/result",
)
HEADERS = {
    "x-nexus-min-index": ("", "-1", "9" * 40, "x", "1.5"),
    "if-none-match": ("", "*", '"', "W/", ", ,"),
    "accept": ("", ";", "q=1", "*/*;q=x", "a/b/c", "text/*"),
    "prefer": ("wait=", "wait=x", "wait=-1", ",;wait"),
    "authorization": ("", "Bearer", "Basic", "Basic Og==", "nx_", "Bearer nx__"),
}


def test_odd_values_are_answered_or_refused(hub: Hub):
    hub.deposit(record("10.5555/a"))
    for path, odd in product(PATHS, ODD):
        asked = path.format(odd)
        answer = hub.client.get(asked, follow_redirects=False)
        assert answer.status_code < 500, (asked, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", asked
            assert answer.json()["status"] == answer.status_code


def test_odd_headers_are_answered_or_refused(hub: Hub):
    hub.deposit(record("10.5555/a"))
    for name, values in HEADERS.items():
        for value, path in product(values, ("/works/10.5555/a", "/works", "/changes")):
            answer = hub.client.get(path, headers={name: value})
            assert answer.status_code < 500, (name, value, path, answer.text)
    for value in HEADERS["prefer"]:
        body = {"records": [record("10.5555/a")]}
        answer = hub.client.post("/deposits", json=body, headers={"prefer": value})
        assert answer.status_code == 202, value
