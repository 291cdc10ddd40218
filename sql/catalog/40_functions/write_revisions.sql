DROP FUNCTION IF EXISTS catalog.write_revisions(
  uuid, catalog.kind, uuid[], text[], text[], uuid[], text[], text[]
);
CREATE OR REPLACE FUNCTION catalog.write_revisions(
  _editgroup_id uuid, _kind catalog.kind,
  _croids uuid[], _bodies text[], _edit_extras text[],
  _part_croids uuid[], _part_members text[], _part_bodies text[],
  OUT written uuid[], OUT actions text[], OUT revision_ids uuid[], OUT whole uuid[]
)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH split AS MATERIALIZED (
    SELECT u.croid, u.member, u.body, catalog.hash_part(u.member, u.body) AS sha256
    FROM (
      SELECT p.croid, p.member, p.body::jsonb AS body
      FROM unnest(_part_croids, _part_members, _part_bodies) AS p (croid, member, body) OFFSET 0
    ) AS u
  ),
  given AS MATERIALIZED (
    SELECT v.croid, v.body::jsonb AS body, v.extra::jsonb AS extra, v.after, v.edit_id
    FROM unnest(
      _croids, _bodies, _edit_extras,
      ARRAY(SELECT m.id FROM platform.make_ids(cardinality(_croids)) AS m ORDER BY m.n),
      ARRAY(SELECT m.id FROM platform.make_ids(cardinality(_croids)) AS m ORDER BY m.n)
    ) AS v (croid, body, extra, after, edit_id)
  ),
  hashed AS MATERIALIZED (
    SELECT g.croid, g.body, g.extra, g.after, g.edit_id, h.parts,
           catalog.content_hash(_kind, g.body, h.parts) AS content_hash
    FROM given AS g
    LEFT JOIN (
      SELECT s.croid, array_agg(s.sha256 ORDER BY s.member) AS parts
      FROM split AS s GROUP BY s.croid
    ) AS p ON p.croid = g.croid
    CROSS JOIN LATERAL (SELECT coalesce(p.parts, '{}') AS parts OFFSET 0) AS h
  ),
  compared AS MATERIALIZED (
    SELECT h.croid, h.body, h.extra, h.after, h.edit_id, h.parts, h.content_hash,
           i.is_live, i.revision_id AS before, i.redirect_to,
           CASE
             WHEN r.revision_id IS NULL THEN false
             WHEN r.content_hash = h.content_hash THEN true
             -- Made when other members were parts: the same content has another hash.
             WHEN r.body ?| ARRAY(
               SELECT m.member FROM catalog.part_member AS m WHERE m.kind = _kind
             )
               THEN catalog.hash_as_split(h.croid, r.revision_id) = h.content_hash
             ELSE false
           END AS is_same
    FROM hashed AS h
    LEFT JOIN catalog.ident AS i ON i.croid = h.croid
    LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  ),
  revised AS (
    INSERT INTO catalog.revision (croid, revision_id, kind, body, parts, content_hash)
    SELECT c.croid, c.after, _kind, c.body, c.parts, c.content_hash
    FROM compared AS c WHERE NOT c.is_same
  ),
  parted AS (
    INSERT INTO catalog.part (croid, sha256, member, body)
    SELECT s.croid, s.sha256, s.member, s.body
    FROM split AS s JOIN compared AS c ON c.croid = s.croid AND NOT c.is_same
    ON CONFLICT DO NOTHING
  ),
  edited AS (
    INSERT INTO catalog.edit (
      croid, edit_id, editgroup_id, kind, action,
      revision_id, previous_revision_id, previous_redirect_to, extra
    )
    SELECT c.croid, c.edit_id, _editgroup_id, _kind,
           CASE WHEN c.is_live THEN 'update' ELSE 'create' END::catalog.edit_action,
           c.after, c.before, c.redirect_to, c.extra
    FROM compared AS c WHERE NOT c.is_same
  )
  SELECT array_agg(c.croid ORDER BY c.croid),
         array_agg(
           CASE WHEN c.is_same THEN 'unchanged' WHEN c.is_live THEN 'update' ELSE 'create' END
           ORDER BY c.croid
         ),
         array_agg(CASE WHEN c.is_same THEN c.before ELSE c.after END ORDER BY c.croid),
         array_agg(c.croid) FILTER (
           WHERE c.body ?| ARRAY(SELECT m.member FROM catalog.part_member AS m WHERE m.kind = _kind)
         )
  FROM compared AS c;
$$;
COMMENT ON FUNCTION catalog.write_revisions(
  uuid, catalog.kind, uuid[], text[], text[], uuid[], text[], text[]
) IS 'Store what is new of these contents, with an edit each; same content makes no revision, and what is current is left to point_idents. Members stored as parts come apart from the bodies; whole names objects where they did not.';
