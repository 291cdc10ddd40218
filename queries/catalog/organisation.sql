-- name: organisation_list_changed :many
-- Organisations that changed after an index, with their names and funder ids, as they are at the
-- newest index: what an in-memory index is kept fresh with.
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
  )::text[] AS funders,
  (SELECT coalesce(max(l.index), 0) FROM catalog.changelog AS l)::bigint AS known_index
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

-- name: organisation_list_before :many
-- Organisations that changed after an index as they were at it; without a ROR id where they were
-- not there.
-- not null: *
-- nullable: ror, country_code, city, successor_ror
SELECT
  c.croid,
  CASE WHEN r.body ->> 'id' LIKE 'https://ror.org/%' THEN substr(r.body ->> 'id', 17) END AS ror,
  coalesce(r.body ->> 'status', 'active')::text AS status,
  (r.body #>> '{locations,0,geonames_details,country_code}')::text AS country_code,
  (r.body #>> '{locations,0,geonames_details,name}')::text AS city,
  (
    SELECT substr(s.element ->> 'id', 17)
    FROM catalog.list_elements(r.body -> 'relationships') AS s
    WHERE s.element ->> 'type' = 'successor' AND s.element ->> 'id' LIKE 'https://ror.org/%'
    ORDER BY s.place LIMIT 1
  ) AS successor_ror,
  ARRAY(
    SELECT substr(p.element ->> 'id', 17)
    FROM catalog.list_elements(r.body -> 'relationships') AS p
    WHERE p.element ->> 'type' = 'parent' AND p.element ->> 'id' LIKE 'https://ror.org/%'
    ORDER BY p.place
  )::text[] AS parent_rors,
  ARRAY(
    SELECT n.element ->> 'value' FROM catalog.list_elements(r.body -> 'names') AS n
    WHERE n.element ->> 'value' IS NOT NULL ORDER BY n.place
  )::text[] AS names,
  ARRAY(
    SELECT (
      SELECT coalesce(string_agg(e.element #>> '{}', ',' ORDER BY e.place), '')
      FROM catalog.list_elements(n.element -> 'types') AS e
    )
    FROM catalog.list_elements(r.body -> 'names') AS n
    WHERE n.element ->> 'value' IS NOT NULL ORDER BY n.place
  )::text[] AS name_types,
  ARRAY(
    SELECT '10.13039/' || f.value
    FROM catalog.list_elements(r.body -> 'external_ids') AS x
    CROSS JOIN LATERAL jsonb_array_elements_text(x.element -> 'all') AS f (value)
    WHERE x.element ->> 'type' = 'fundref' AND r.body ->> 'status' = 'active'
    ORDER BY f.value
  )::text[] AS funders
FROM (
  SELECT DISTINCT e.croid
  FROM catalog.changelog AS l JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id
  WHERE l.index > @index::bigint AND e.kind = 'organisation'
) AS c
LEFT JOIN LATERAL (
  SELECT e.revision_id
  FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
  WHERE e.croid = c.croid AND l.index <= @index::bigint
  ORDER BY l.index DESC LIMIT 1
) AS b ON true
LEFT JOIN catalog.revision AS r ON r.croid = c.croid AND r.revision_id = b.revision_id;

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
