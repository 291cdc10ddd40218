"""Objects that were merged or deleted lead on, or say that they are gone, on every route."""

from typing import Any

from nexus_hub.catalog import editing
from nexus_hub.croid.codec import decode
from nexus_hub.vulcanus.service import VULCANUS
from stories.hub import Hub, hub, record

__all__ = ["hub"]
KEPT, LOST = "10.5555/kept", "10.5555/lost"


def edit(hub: Hub, action: str, croid: str, into: str | None = None) -> int:
    """Have an admin merge or delete an object."""
    with hub.database.connect() as connection:
        made = editing.apply(
            connection,
            VULCANUS,
            [editing.Edit(action, decode(croid), target=decode(into) if into else None)],
        )
    hub.work()
    return made.index


def croids(hub: Hub) -> tuple[str, str]:
    status = hub.deposit(record(KEPT), record(LOST))
    kept, lost = (told["croid"] for told in status["records"])
    return kept, lost


def ask(hub: Hub, path: str) -> Any:
    return hub.client.get(path, follow_redirects=False)


def test_a_merged_work_leads_to_its_survivor(hub: Hub):
    kept, lost = croids(hub)
    index = edit(hub, "redirect", lost, kept)
    place = f"/works/{KEPT.replace('/', '%2F')}"
    for path, location in {
        f"/works/{LOST}": place,
        f"/works/{LOST}?view=deposited": f"{place}?view=deposited",
        f"/works/{LOST}/transform/application/x-bibtex": (
            f"{place}/transform/application%2Fx-bibtex"
        ),
        f"/works/{LOST}/explain": f"{place}/explain",
        f"/cro/{lost}": f"/cro/{kept}",
    }.items():
        answer = ask(hub, path)
        assert (answer.status_code, answer.headers["location"]) == (301, location)
    assert hub.get(f"/works/{LOST}")["message"]["DOI"] == KEPT
    (change,) = hub.get(f"/changes?after={index - 1}")["items"]
    assert (change["change"], change["croid"], change["into"]) == ("merged", lost, kept)
    assert change["revision"] is None
    assert change["identifiers"] == [f"doi:{LOST}"]


def test_a_deleted_work_is_gone_and_its_revisions_stay(hub: Hub):
    _, lost = croids(hub)
    revision = hub.get(f"/cro/{lost}")["revision"]
    index = edit(hub, "delete", lost)
    for path in (f"/works/{LOST}", f"/works/{LOST}/explain", f"/cro/{lost}"):
        answer = ask(hub, path)
        assert answer.status_code == 410, path
        assert answer.json()["type"] == "/problems/gone"
    links = ask(hub, f"/cro/{lost}").headers["link"]
    assert f"</cro/{lost}/revisions/{revision}>" in links
    assert hub.get(f"/cro/{lost}/revisions/{revision}")["record"]["DOI"] == LOST
    assert hub.get(f"/works/{LOST}/explain?revision={revision}")["revision"] == revision
    assert hub.get("/works")["message"]["total-results"] == 1
    (change,) = hub.get(f"/changes?after={index - 1}&prefix=10.5555")["items"]
    assert (change["change"], change["previous"]) == ("deleted", revision)
    assert change["fields"] == []

    hub.deposit(record(LOST, title=["Back"]))
    (change,) = hub.get(f"/changes?after={index}")["items"]
    assert (change["change"], change["croid"]) == ("restored", lost)
    assert hub.get(f"/works/{LOST}")["message"]["title"] == ["Back"]
