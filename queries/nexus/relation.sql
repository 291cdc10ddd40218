-- name: relation_relate :one
-- Bring the relations of these objects up to date; the new index where anything changed.
SELECT nexus.relate(@croids::uuid[], @indexes::bigint[]) AS index;

-- name: relation_key_get :one
-- What relations know an identifier by: the object it names, merged into its survivor or deleted,
-- else the key under which it is waited for.
-- always one row
-- not null: key
SELECT
  coalesce(
    croid.resolve(@scheme::text, @value::text),
    (
      SELECT d.croid FROM croid.identifier AS d JOIN catalog.ident AS i ON i.croid = d.croid
      WHERE d.scheme = @scheme AND d.value = @value AND i.state = 'deleted'
      ORDER BY d.croid LIMIT 1
    ),
    nexus.key_of(@scheme, @value)
  )::uuid AS key;

-- name: relation_list_of :many
-- The relations of an object, or of an identifier that is waited for, a page at a time: first those
-- it is the subject of as they are stored, then the others.
-- not null: is_inbound, subject_croid, relation_type, object_key, is_current, first_index, index
SELECT
  f.is_inbound, f.subject_croid, f.relation_type, f.object_key, f.object_scheme, f.object_value,
  f.by_subject, f.by_object, f.by_nexus, f.is_current, b.index AS first_index, l.index,
  l.accepted_at
FROM (
  (
    SELECT false AS is_inbound, r.object_key AS other_key, r.*
    FROM nexus.relation AS r JOIN catalog.changelog AS c ON c.editgroup_id = r.editgroup_id
    WHERE
      r.subject_croid = @key AND NOT @after_inbound::boolean
      AND (r.relation_type, r.object_key) > (@after_type::text, @after_key::uuid)
      AND (
        sqlc.narg('types')::text[] IS NULL OR r.relation_type = ANY(sqlc.narg('types')::text[])
      )
      AND (sqlc.narg('other_key')::uuid IS NULL OR r.object_key = sqlc.narg('other_key')::uuid)
      AND (sqlc.narg('is_current')::boolean IS NULL OR r.is_current = sqlc.narg('is_current')::boolean)
      AND (
        (r.by_subject & @by_this::integer) | (r.by_object & @by_other::integer)
        | (r.by_nexus & @by_nexus::integer)
      ) <> 0
      AND c.index >= @from_index::bigint
    ORDER BY r.relation_type, r.object_key
    LIMIT @limit_count
  )
  UNION ALL
  (
    SELECT true AS is_inbound, r.subject_croid AS other_key, r.*
    FROM nexus.relation AS r JOIN catalog.changelog AS c ON c.editgroup_id = r.editgroup_id
    WHERE
      r.object_key = @key
      AND (
        NOT @after_inbound::boolean
        OR (r.relation_type, r.subject_croid) > (@after_type::text, @after_key::uuid)
      )
      AND (
        sqlc.narg('inverse_types')::text[] IS NULL
        OR r.relation_type = ANY(sqlc.narg('inverse_types')::text[])
      )
      AND (sqlc.narg('other_key')::uuid IS NULL OR r.subject_croid = sqlc.narg('other_key')::uuid)
      AND (sqlc.narg('is_current')::boolean IS NULL OR r.is_current = sqlc.narg('is_current')::boolean)
      AND (
        (r.by_object & @by_this::integer) | (r.by_subject & @by_other::integer)
        | (r.by_nexus & @by_nexus::integer)
      ) <> 0
      AND c.index >= @from_index::bigint
    ORDER BY r.relation_type, r.subject_croid
    LIMIT @limit_count
  )
) AS f
JOIN catalog.changelog AS l ON l.editgroup_id = f.editgroup_id
JOIN catalog.changelog AS b ON b.editgroup_id = f.first_editgroup_id
ORDER BY f.is_inbound, f.relation_type, f.other_key
LIMIT @limit_count;

-- name: relation_list :many
-- All relations in the order in which they last changed, a page at a time, as they are stored.
-- not null: first_index
SELECT
  r.subject_croid, r.relation_type, r.object_key, r.object_scheme, r.object_value,
  r.by_subject, r.by_object, r.by_nexus, r.is_current, b.index AS first_index, l.index,
  l.accepted_at
FROM catalog.changelog AS l
CROSS JOIN
  LATERAL (
    SELECT n.* FROM nexus.relation AS n
    WHERE
      n.editgroup_id = l.editgroup_id
      AND (
        l.index > @after_index
        OR (n.subject_croid, n.relation_type, n.object_key)
        > (@after_croid::uuid, @after_type::text, @after_key::uuid)
      )
      AND (sqlc.narg('types')::text[] IS NULL OR n.relation_type = ANY(sqlc.narg('types')::text[]))
      AND (sqlc.narg('is_current')::boolean IS NULL OR n.is_current = sqlc.narg('is_current')::boolean)
      AND (
        (n.by_subject & @by_this::integer) | (n.by_object & @by_other::integer)
        | (n.by_nexus & @by_nexus::integer)
      ) <> 0
    ORDER BY n.subject_croid, n.relation_type, n.object_key
    LIMIT @limit_count
  ) AS r
JOIN catalog.changelog AS b ON b.editgroup_id = r.first_editgroup_id
WHERE l.index >= @after_index AND l.accepted_by = nexus.editor()
ORDER BY l.index, r.subject_croid, r.relation_type, r.object_key
LIMIT @limit_count;

-- name: relation_count_by_type :many
-- How many live objects an object relates to in each way, as it sees them.
-- not null: *
SELECT v.relation_type, count(DISTINCT v.other_croid)::bigint AS object_count
FROM nexus.relationship AS v JOIN catalog.ident AS i ON i.croid = v.other_croid
WHERE v.croid = @croid AND v.is_current AND i.revision_id IS NOT NULL
GROUP BY v.relation_type
ORDER BY v.relation_type;

-- name: relation_end_list :many
-- What is told of objects at the ends of relations.
-- not null: *
-- nullable: redirect_to
SELECT
  i.croid, i.kind::text AS kind, i.state::text AS state, i.redirect_to,
  ARRAY(
    SELECT d.scheme || ':' || d.value FROM croid.identifier AS d
    WHERE d.croid = i.croid
    ORDER BY d.scheme, d.value
  )::text[] AS identifiers
FROM catalog.ident AS i
WHERE i.croid = ANY(@croids::uuid[]);

-- name: relation_list_around :many
-- The current relations that begin or end in one of these objects.
-- not null: *
SELECT f.subject_croid, f.relation_type, f.object_key
FROM (
  SELECT n.subject_croid, n.relation_type, n.object_key
  FROM unnest(@croids::uuid[]) AS u (croid)
  CROSS JOIN
    LATERAL (
      SELECT r.subject_croid, r.relation_type, r.object_key FROM nexus.relation AS r
      WHERE
        r.subject_croid = u.croid AND r.is_current AND r.object_value IS NULL
        AND (sqlc.narg('types')::text[] IS NULL OR r.relation_type = ANY(sqlc.narg('types')::text[]))
      ORDER BY r.relation_type, r.object_key
      LIMIT @limit_count
    ) AS n
  UNION
  SELECT n.subject_croid, n.relation_type, n.object_key
  FROM unnest(@croids::uuid[]) AS u (croid)
  CROSS JOIN LATERAL (
    SELECT r.subject_croid, r.relation_type, r.object_key FROM nexus.relation AS r
    WHERE
      r.object_key = u.croid AND r.is_current AND r.object_value IS NULL
      AND (sqlc.narg('types')::text[] IS NULL OR r.relation_type = ANY(sqlc.narg('types')::text[]))
    ORDER BY r.relation_type, r.subject_croid
    LIMIT @limit_count
  ) AS n
) AS f
ORDER BY f.subject_croid, f.relation_type, f.object_key
LIMIT @limit_count;
