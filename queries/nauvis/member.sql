-- name: member_create :one
-- Make a member with its bot and its prefixes; returns its number.
SELECT nauvis.create_member(@name::text, @prefixes::text[])::integer AS member_id;

-- name: member_assign_prefix :exec
-- Give a prefix to a member from a day on, without one from today.
SELECT nauvis.assign_prefix(
  @member_id::integer, @prefix::text, sqlc.narg('from_day')::date, @is_transfer::boolean
);

-- name: member_set_active :exec
-- Keep a member out, or let it in again.
SELECT nauvis.set_member_active(@member_id::integer, @is_active::boolean);

-- name: member_get :one
-- A member by its number.
SELECT m.member_id, m.name, m.bot_id, m.is_active, m.created_at
FROM nauvis.member AS m WHERE m.member_id = @member_id;

-- name: member_find :one
-- A member by its name, in any case.
SELECT m.member_id, m.name, m.bot_id, m.is_active, m.created_at
FROM nauvis.member AS m WHERE lower(m.name) = lower(@name);

-- name: member_list :many
-- All members with their prefixes of today, by number, a page at a time.
-- not null: prefixes
SELECT
  m.member_id, m.name, m.is_active, m.created_at,
  ARRAY(
    SELECT p.prefix FROM nauvis.prefix AS p
    WHERE
      p.member_id = m.member_id
      AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
    ORDER BY p.prefix
  )::text[] AS prefixes
FROM nauvis.member AS m
WHERE m.member_id > @after_member_id
ORDER BY m.member_id
LIMIT @limit_count;

-- name: member_prefix_list :many
-- The prefixes a member owned, owns or will own, with the days.
-- not null: owned_from
SELECT p.prefix, lower(p.owned)::date AS owned_from, upper(p.owned)::date AS owned_until
FROM nauvis.prefix AS p
WHERE
  p.member_id = @member_id
  AND (p.prefix, lower(p.owned)::date) > (@after_prefix::text, @after_day::date)
ORDER BY p.prefix, lower(p.owned)
LIMIT @limit_count;
