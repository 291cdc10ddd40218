-- name: organisation_list_changed :many
-- Organisations that changed after an index, with their names and funder ids: what an in-memory
-- index is kept fresh with.
SELECT
  o.croid, o.ror, o.status, o.country_code, o.country_name, o.city, o.successor_ror, o.parent_rors,
  ARRAY(
    SELECT n.name FROM catalog.organisation_name AS n WHERE n.croid = o.croid ORDER BY n.position
  )::text[] AS names,
  ARRAY(
    SELECT array_to_string(n.types, ',')
    FROM catalog.organisation_name AS n
    WHERE n.croid = o.croid
    ORDER BY n.position
  )::text[] AS name_types,
  ARRAY(
    SELECT i.value FROM croid.identifier AS i
    WHERE i.croid = o.croid AND i.scheme = 'funder' ORDER BY i.value
  )::text[] AS funders
FROM catalog.organisation AS o
WHERE o.croid IN (
  SELECT e.croid
  FROM catalog.changelog AS l
  JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id
  WHERE l.index > @after_index AND e.kind = 'organisation'
);

-- name: organisation_list_gone :many
-- Organisations that changed after an index and are no longer live.
SELECT DISTINCT e.croid
FROM catalog.changelog AS l JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id
WHERE
  l.index > @after_index AND e.kind = 'organisation'
  AND NOT EXISTS (SELECT FROM catalog.organisation AS o WHERE o.croid = e.croid);

-- name: organisation_name_list :many
-- What live organisations of these ROR ids are called.
SELECT o.ror::text AS ror, o.name FROM catalog.organisation AS o WHERE o.ror = ANY(@rors::text[]);

-- name: organisation_body_list :many
-- The registry records of live organisations, by their ROR ids.
-- not null: *
SELECT o.ror::text AS ror, o.croid, catalog.read_body(o.croid, i.revision_id)::text AS body
FROM catalog.organisation AS o
JOIN catalog.ident AS i ON i.croid = o.croid
WHERE o.ror = ANY(@rors::text[]);

-- name: organisation_search :many
-- Live organisations with a ROR id that have a name or id like this, in the order of their ids;
-- how many there are in all stands in each row.
-- not null: *
SELECT
  o.ror::text AS ror, o.croid, catalog.read_body(o.croid, i.revision_id)::text AS body,
  count(*) OVER ()::bigint AS total
FROM catalog.organisation AS o
JOIN catalog.ident AS i ON i.croid = o.croid
WHERE
  o.ror IS NOT NULL AND (
    @wanted::text = '' OR o.ror = @wanted OR EXISTS (
      SELECT FROM catalog.organisation_name AS n
      WHERE n.croid = o.croid AND strpos(lower(n.name), lower(@wanted)) > 0
    )
  )
ORDER BY o.ror OFFSET @skip LIMIT @limit_count;
