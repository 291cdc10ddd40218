"""After any changes of the registry each record says what enrichment from nothing would say."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from faults import flow
from faults.flow import author, drain, one, organisation, record, take_records
from nexus_hub.cli.rooms import consumers
from nexus_hub.fulgora import service as fulgora
from nexus_hub.platform.queues import Worker

NAMES = (
    "Institute of Salt",
    "Salt University",
    "University Hospital",
    "Sugar and Pepper Laboratory",
    "Harbour Institute",
    "Salt University Hospital",
)
CITIES = {"Berlin": "DE", "Tartu": "EE", "Harbour": "US"}
TEXTS = (
    "Institute of Salt, Berlin, Germany",
    "Institute of Salt",
    "Salt University, Tartu, Estonia",
    "Salt School of Law, Tartu",
    "Department of Chess, University Hospital, Tartu",
    "Suggar and Pepper Laboratory",
    "Harbour Institute, Salt University",
    "Harbour Institute University Hospital",
    "Nowhere",
)
PATCHES = """
SELECT i.value, l.patch FROM vulcanus.layer AS l JOIN croid.identifier AS i USING (croid)
WHERE l.strategy IN ('affiliation-ror', 'funder-ror') AND l.retired_at IS NULL
ORDER BY i.value, l.strategy
"""
VERSION = """
UPDATE vulcanus.strategy SET version = 'anew' WHERE strategy IN ('affiliation-ror', 'funder-ror')
"""


def load(connection: psycopg.Connection[Any], path: Any, rows: list[Any]) -> None:
    fulgora.load(connection, "ror", flow.write_lines(path / f"{uuid4()}.jsonl", rows))
    connection.commit()


def drawn(draw: random.Random, number: int, year: int) -> Any:
    """An organisation as a release of a year has it."""
    city, country = draw.choice(list(CITIES.items()))
    names = draw.sample(NAMES, draw.choice((1, 1, 2)))
    kinds = (["ror_display", "label"], [draw.choice(("label", "alias"))])
    place = {"name": city, "country_code": country, "country_name": country}
    near = f"https://ror.org/{flow.ror_id(draw.randrange(5))}"
    funders = [f"1000{number:02}{n}" for n in range(draw.choice((0, 0, 1, 2)))]
    relations = [{"id": near, "type": draw.choice(("parent", "successor")), "label": "x"}]
    return organisation(
        number,
        names[0],
        names=[
            {"value": name, "types": types, "lang": "en"}
            for name, types in zip(names, kinds, strict=False)
        ],
        locations=[{"geonames_id": 1, "geonames_details": {**place, "lat": 1.0, "lng": 1.0}}],
        status=draw.choice(("active", "active", "inactive")),
        relationships=relations if draw.random() < 0.6 else [],
        external_ids=[{"type": "fundref", "all": funders}] if funders else [],
        **flow.changed(f"{year}-01-01"),
    )


def patches(connection: psycopg.Connection[Any]) -> list[Any]:
    rows = connection.execute(PATCHES).fetchall()
    connection.commit()
    return rows


@pytest.mark.parametrize("seed", [1, 2])
def test_releases_one_after_the_other_lead_where_enrichment_from_nothing_does(
    database, worker, tmp_path, seed
) -> None:
    draw = random.Random(seed)
    load(worker, tmp_path, [drawn(draw, number, 2021) for number in range(20)])
    drain(database)
    funded = [record(f"10.5555/f{n}", funder=[{"name": name}]) for n, name in enumerate(NAMES)]
    take_records(
        worker,
        [record(f"10.5555/{n}", author=[author("Ng", text)]) for n, text in enumerate(TEXTS)]
        + funded,
    )
    drain(database)
    memory: dict[str, Any] = {}
    looked = 0
    for year in range(2022, 2027):
        load(worker, tmp_path, [drawn(draw, n, year) for n in draw.sample(range(20), 3)])
        if year % 2:
            drain(database)
        else:
            Worker(database.settings, consumers([]), memory=memory).run(drain=True)
        looked += one(worker, "SELECT count(*) FROM vulcanus.run WHERE reason = 'stale'")
        assert one(worker, "SELECT count(*) FROM vulcanus.stale_layer") == 0
    told = patches(worker)
    assert looked
    assert any(patch for _, patch in told)
    with database.connect(None) as owner:
        owner.execute(VERSION)
    drain(database)
    assert patches(worker) == told
