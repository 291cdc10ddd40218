-- Parcels as they came in.

-- The parcel with this id, 100 % as "it" was (\d).
-- name: parcel_get :one
SELECT p.parcel_id, p.doi, p.state, p.mood, p.body, p.payload, p.tags, p."class", p.weight, p.received_at
FROM yard.parcel AS p
WHERE p.parcel_id = @parcel_id; -- not of the next query

-- name: parcel_get_doi :one
-- Its DOI alone.
SELECT p.doi FROM yard.parcel AS p WHERE p.parcel_id = @parcel_id;

-- name: parcel_list :many
SELECT p.parcel_id, p.doi FROM yard.parcel AS p WHERE p.doi = ANY(@dois::text []) ORDER BY p.doi;

-- name: parcel_insert :exec
INSERT INTO yard.parcel (parcel_id, doi, state, mood, body, payload, tags, "class", weight)
VALUES (@parcel_id, @doi, @state, @mood, @body, @payload, @tags, @class, @weight);

-- name: parcel_insert_object :exec
-- json objects: body
INSERT INTO yard.parcel (parcel_id, doi, body) VALUES (@parcel_id, @doi, @body);

-- name: parcel_set_state :execrows
UPDATE yard.parcel SET state = @state WHERE doi = ANY(@dois::text []);

-- name: parcel_change :many
UPDATE yard.parcel SET state = @state WHERE parcel_id = @parcel_id RETURNING old.state AS was, new.state;

-- name: parcel_list_by_state :many
SELECT p.doi FROM yard.parcel AS p
WHERE (sqlc.narg('state')::yard.state IS NULL OR p.state = sqlc.narg('state')) AND p.doi LIKE @pattern
ORDER BY p.doi;

-- name: parcel_list_in :many
SELECT p.doi FROM yard.parcel AS p WHERE p.parcel_id IN (sqlc.slice('ids')) ORDER BY p.doi;

-- name: parcel_list_not_in :many
SELECT p.doi FROM yard.parcel AS p
WHERE p.doi LIKE @pattern AND p.parcel_id NOT IN (sqlc.slice('ids')) ORDER BY p.doi;

-- name: parcel_list_any_state :many
SELECT p.doi FROM yard.parcel AS p
WHERE p.state = ANY(@states::yard.state []) AND p.doi LIKE @pattern ORDER BY p.doi;

-- name: parcel_copy :copyfrom
INSERT INTO yard.parcel (parcel_id, doi, state, mood, body, payload, tags, weight, received_at)
VALUES (@parcel_id, @doi, @state, @mood, @body, @payload, @tags, @weight, @received_at);

-- name: mark_copy :copyfrom
-- Arrays that psycopg does not know: these go as text.
INSERT INTO yard.mark (parcel_id, states, bodies) VALUES ($1, $2, $3);

-- name: mark_get :one
SELECT m.states::text [] AS states, m.bodies FROM yard.mark AS m WHERE m.parcel_id = @parcel_id;

-- name: parcel_count :one
SELECT count(*) FROM yard.parcel AS p WHERE p.doi LIKE @pattern;

-- name: parcel_touch :exec
SELECT yard.touch(@id);

-- name: parcel_maybe :one
SELECT yard.maybe(@id) AS payload_bytes;

-- name: parcel_certain :one
-- not null: payload_bytes
SELECT yard.maybe(@id) AS payload_bytes;

-- name: parcel_newest :one
-- nullable: newest
-- always one row
SELECT max(p.received_at)::timestamptz AS newest FROM yard.parcel AS p WHERE p.doi LIKE @pattern;

-- name: parcel_age :one
SELECT p.doi, now() - p.received_at AS age, p.received_at + '1 day'::interval AS due_at
FROM yard.parcel AS p WHERE p.parcel_id = @parcel_id;

-- name: parcel_echo :many
SELECT e.id, e.some_text, e.body, e.chunk, e.number, e.flag, e.seen_at, e.state
FROM yard.echo(@ids, @texts, @bodies, @chunks, @numbers, @flags, @times, @states) AS e;

-- name: parcel_quote :one
SELECT
  '100 % of $1' AS a, -- 50 % of $1
  E'it\'s $1 %' AS b, $x$ $1 % $x$ AS c, "class" AS "odd %", /* $1 /* % */ $1 */
  @value::text AS d, 7 % @divisor::integer AS e
FROM yard.parcel LIMIT 1;

-- name: parcel_percent :one
SELECT '100 %' AS a;
