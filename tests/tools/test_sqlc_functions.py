"""What generated functions do when they run, sync and async, against PostgreSQL."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import decimal
import json
import uuid
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    from tools.conftest import Caller, Workshop

NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
BODY = json.dumps({"title": 'A "quoted" \\ title, 100 % é', "n": [1, None]})


def parcel(doi: str = "10.1/a", **given: Any) -> dict[str, Any]:
    """The parameters of a parcel."""
    plain: dict[str, Any] = {
        "parcel_id": uuid.uuid4(),
        "doi": doi,
        "state": "new",
        "mood": None,
        "body": BODY,
        "payload": b"\x00\xff",
        "tags": ["a", None, 'b "c"'],
        "class_": "x",
        "weight": decimal.Decimal("1.50"),
    }
    return plain | given


def test_row_comes_back_typed_as_it_went_in(
    call: Caller, modules: Callable[[str], ModuleType]
) -> None:
    models = modules("models")
    given = parcel(state=models.State.IN_PROGRESS, mood=models.OtherMood.VERY_LOUD)
    assert call("parcel", "parcel_insert", **given) is None
    row = call("parcel", "parcel_get", parcel_id=given["parcel_id"])
    assert dataclasses.asdict(row) == given | {
        "body": json.loads(BODY),
        "received_at": row.received_at,
    }
    assert type(row).__name__ == "ParcelGetRow"
    assert type(row.state) is models.State
    assert type(row.mood) is models.OtherMood
    assert row.received_at.tzinfo is not None
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.doi = "10.1/b"


def test_missing_row_is_none(call: Caller) -> None:
    assert call("parcel", "parcel_get", parcel_id=uuid.uuid4()) is None
    assert call("parcel", "parcel_get_doi", parcel_id=uuid.uuid4()) is None


def test_nulls_stay_none(call: Caller) -> None:
    given = parcel(payload=None, class_=None, weight=None)
    call("parcel", "parcel_insert", **given)
    row = call("parcel", "parcel_get", parcel_id=given["parcel_id"])
    assert (row.mood, row.payload, row.class_, row.weight) == (None, None, None, None)


def test_single_column_is_the_bare_value(call: Caller) -> None:
    given = parcel("10.2/bare")
    call("parcel", "parcel_insert", **given)
    assert call("parcel", "parcel_get_doi", parcel_id=given["parcel_id"]) == "10.2/bare"
    assert call("parcel", "parcel_list_in", ids=[given["parcel_id"]]) == ["10.2/bare"]


def test_object_parameter_is_wrapped(call: Caller) -> None:
    given = {"parcel_id": uuid.uuid4(), "doi": "10.3/o", "body": {"a": [1, "é"]}}
    call("parcel", "parcel_insert_object", **given)
    assert call("parcel", "parcel_get", parcel_id=given["parcel_id"]).body == {"a": [1, "é"]}


def test_changed_rows_are_counted(call: Caller, modules: Callable[[str], ModuleType]) -> None:
    doi = f"10.4/{uuid.uuid4()}"
    for _ in range(3):
        call("parcel", "parcel_insert", **parcel(doi))
    state = modules("models").State.N2ND_TRY
    assert call("parcel", "parcel_set_state", state=state, dois=[doi, None]) == 3
    assert call("parcel", "parcel_set_state", state=state, dois=[]) == 0


def test_returning_old_and_new(call: Caller, modules: Callable[[str], ModuleType]) -> None:
    models = modules("models")
    given = parcel()
    call("parcel", "parcel_insert", **given)
    [row] = call(
        "parcel", "parcel_change", parcel_id=given["parcel_id"], state=models.State.N2ND_TRY
    )
    assert (row.was, row.state) == (models.State.NEW, models.State.N2ND_TRY)


def test_optional_and_listed_parameters_filter(
    call: Caller, modules: Callable[[str], ModuleType]
) -> None:
    state = modules("models").State
    prefix = f"10.5/{uuid.uuid4()}/"
    first, second = parcel(prefix + "1"), parcel(prefix + "2", state=state.IN_PROGRESS)
    for given in (first, second):
        call("parcel", "parcel_insert", **given)
    both = [prefix + "1", prefix + "2"]
    like = {"pattern": prefix + "%"}
    assert call("parcel", "parcel_list_by_state", state=None, **like) == both
    assert call("parcel", "parcel_list_by_state", state=state.NEW, **like) == both[:1]
    assert call("parcel", "parcel_list_any_state", states=list(state), **like) == both
    assert call("parcel", "parcel_list_any_state", states=[], **like) == []
    assert call("parcel", "parcel_list_in", ids=[first["parcel_id"]]) == both[:1]
    assert call("parcel", "parcel_list_in", ids=()) == []
    assert call("parcel", "parcel_list_not_in", ids=[first["parcel_id"]], **like) == both[1:]


def test_arrays_travel_with_nulls(call: Caller, modules: Callable[[str], ModuleType]) -> None:
    some_id = uuid.uuid4()
    state = modules("models").State
    rows = call(
        "parcel",
        "parcel_echo",
        ids=[some_id, None],
        texts=['a "b" \\ {é},', None],
        bodies=[BODY, None],
        chunks=[b"\x00\\x", None],
        numbers=[2**40, None],
        flags=[False, None],
        times=[NOW, None],
        states=[state.IN_PROGRESS, None],
    )
    assert dataclasses.astuple(rows[0]) == (
        some_id, 'a "b" \\ {é},', json.loads(BODY), b"\x00\\x", 2**40, False, NOW, state.IN_PROGRESS
    )  # fmt: skip
    assert dataclasses.astuple(rows[1]) == (None,) * 8


@pytest.mark.parametrize("values", [[], [None], ()])
def test_arrays_without_a_value_keep_their_type(call: Caller, values: list[None]) -> None:
    names = ("ids", "texts", "bodies", "chunks", "numbers", "flags", "times", "states")
    rows = call("parcel", "parcel_echo", **dict.fromkeys(names, values))
    assert [dataclasses.astuple(row) for row in rows] == [(None,) * 8] * len(values)


def test_expressions_have_the_types_the_database_gives(call: Caller) -> None:
    given = parcel()
    call("parcel", "parcel_insert", **given)
    row = call("parcel", "parcel_age", parcel_id=given["parcel_id"])
    assert isinstance(row.age, datetime.timedelta)
    assert isinstance(row.due_at, datetime.datetime)
    assert type(row).__annotations__["age"] == "datetime.timedelta"


def test_copyfrom_takes_rows_of_every_kind(
    call: Caller, modules: Callable[[str], ModuleType], workshop: Workshop
) -> None:
    models = modules("models")
    ids = [uuid.uuid4(), uuid.uuid4()]
    doi = f"10.6/{ids[0]}"
    rows = [
        (ids[0], doi, models.State.IN_PROGRESS, models.OtherMood.CALM, BODY, b"\x00", ["a", None],
         decimal.Decimal("2.5"), NOW),
        (ids[1], doi, models.State.NEW, None, "[]", None, [], None, NOW),
    ]  # fmt: skip
    assert call("parcel", "parcel_copy", iter(rows)) == 2
    first, second = (call("parcel", "parcel_get", parcel_id=i) for i in ids)
    assert (first.state, first.mood) == (models.State.IN_PROGRESS, models.OtherMood.CALM)
    assert (first.body, first.tags, first.weight) == (json.loads(BODY), ["a", None], 2.5)
    assert (second.body, second.tags, second.payload, second.mood) == ([], [], None, None)
    assert "(FORMAT binary)" in modules("parcel").PARCEL_COPY


def test_copyfrom_falls_back_to_text(call: Caller, modules: Callable[[str], ModuleType]) -> None:
    some_id = uuid.uuid4()
    states = [modules("models").State.N2ND_TRY, None]
    assert call("parcel", "mark_copy", [(some_id, states, [BODY, None])]) == 1
    row = call("parcel", "mark_get", parcel_id=some_id)
    assert (row.states, row.bodies) == (["2nd try", None], [json.loads(BODY), None])
    assert "binary" not in modules("parcel").MARK_COPY


def test_calls_that_always_answer_are_not_optional(
    call: Caller, modules: Callable[[str], ModuleType]
) -> None:
    doi = f"10.7/{uuid.uuid4()}"
    given = parcel(doi, payload=b"abc")
    call("parcel", "parcel_insert", **given)
    assert call("parcel", "parcel_count", pattern=doi) == 1
    assert call("parcel", "parcel_maybe", id=given["parcel_id"]) == 3
    assert call("parcel", "parcel_maybe", id=uuid.uuid4()) is None
    assert call("parcel", "parcel_newest", pattern="nothing") is None
    assert call("parcel", "parcel_touch", id=given["parcel_id"]) is None
    source = modules("parcel")
    returned = {
        name: getattr(source, name).__annotations__["return"]
        for name in ("parcel_count", "parcel_maybe", "parcel_certain", "parcel_newest")
    }
    assert returned == {
        "parcel_count": "int",
        "parcel_maybe": "int | None",
        "parcel_certain": "int",
        "parcel_newest": "datetime.datetime | None",
    }


def test_quoted_dollars_and_percent_signs_are_left_alone(call: Caller) -> None:
    call("parcel", "parcel_insert", **parcel())
    row = call("parcel", "parcel_quote", value="$1 %s %%", divisor=4)
    assert (row.a, row.b, row.c) == ("100 % of $1", "it's $1 %", " $1 % ")
    assert (row.d, row.e) == ("$1 %s %%", 3)
    assert call("parcel", "parcel_percent") == "100 %"


def test_embedded_tables_are_rows_of_their_own(
    call: Caller, modules: Callable[[str], ModuleType]
) -> None:
    models = modules("models")
    given = parcel(f"10.8/{uuid.uuid4()}", state=models.State.IN_PROGRESS)
    call("parcel", "parcel_insert", **given)
    for n, note in ((1, None), (2, "second")):
        call("label", "label_insert", parcel_id=given["parcel_id"], n=n, note=note)
    rows = call("label", "label_list", doi=given["doi"])
    assert [row.label.note for row in rows] == [None, "second"]
    assert rows[0].parcel.state is models.State.IN_PROGRESS
    assert rows[0].parcel.payload_bytes == 2
    assert type(rows[0].parcel) is models.Parcel
    assert rows[0].the_doi == given["doi"]


def test_outer_joins_make_none(call: Caller, modules: Callable[[str], ModuleType]) -> None:
    given = parcel(f"10.9/{uuid.uuid4()}")
    call("parcel", "parcel_insert", **given)
    [row] = call("label", "label_list_left", doi=given["doi"])
    assert row.label is None
    [row] = call("label", "label_outer", ids=[uuid.uuid4()], doi=given["doi"])
    assert row.n is None
    assert modules("label").LabelOuterRow.__annotations__["n"] == "int | None"


def test_numbered_parameters_can_be_named(call: Caller) -> None:
    some = {"parcel_id": uuid.uuid4(), "n": 1}
    assert call("label", "label_merge", note="a", **some) == 1
    assert call("label", "label_merge", note="b", **some) == 1


def test_names_taken_in_python_get_an_underscore(call: Caller) -> None:
    given = {"conn_": "a", "cur_": "b", "row_": "c", "class_": "d"}
    assert call("label", "label_reserved", **given) == "abcd"


def test_copy_streams_open_both_ways(
    workshop: Workshop, modules: Callable[[str], ModuleType]
) -> None:
    stream = modules("stream")
    with psycopg.connect(workshop.uri) as connection:
        with stream.label_copy_in(connection) as copy:
            copy.set_types(["uuid", "int4", "text"])
            copy.write_row((uuid.uuid4(), 1, "out 1 %"))
        with stream.label_copy_out(connection) as copy:
            assert [row[0] for row in copy.rows()] == ["out 1 %"]


def test_copy_streams_open_async(workshop: Workshop, modules: Callable[[str], ModuleType]) -> None:
    stream = modules("stream")

    async def count() -> int:
        async with (
            await psycopg.AsyncConnection.connect(workshop.uri) as connection,
            stream.label_copy_out_async(connection) as copy,
        ):
            return len([row async for row in copy.rows()])

    assert asyncio.run(count()) >= 0


def test_notifications_arrive(workshop: Workshop, modules: Callable[[str], ModuleType]) -> None:
    stream = modules("stream")
    with psycopg.connect(workshop.uri, autocommit=True) as connection:
        stream.stream_listen(connection)
        stream.stream_notify(connection, payload="it's 100 %")
        [heard] = connection.notifies(timeout=5, stop_after=1)
        assert heard.payload == "it's 100 %"


def test_statements_are_prepared(workshop: Workshop, modules: Callable[[str], ModuleType]) -> None:
    with psycopg.connect(workshop.uri) as connection:
        modules("parcel").parcel_get(connection, parcel_id=uuid.uuid4())
        found = connection.execute("SELECT statement FROM pg_prepared_statements").fetchall()
        assert any("-- name: parcel_get :one" in statement for (statement,) in found)


def test_results_come_in_binary(workshop: Workshop, modules: Callable[[str], ModuleType]) -> None:
    # A loader registered for text would be asked if they did not.
    with psycopg.connect(workshop.uri) as connection:
        connection.execute(
            "INSERT INTO yard.parcel (parcel_id, doi, body) VALUES (%s, '10.1/x', %s)",
            [some_id := uuid.uuid4(), Jsonb({})],
        )
        connection.adapters.register_loader("uuid", psycopg.types.string.TextLoader)
        row = modules("parcel").parcel_get(connection, parcel_id=some_id)
        assert row.parcel_id == some_id
        connection.rollback()
