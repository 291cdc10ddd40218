CREATE OR REPLACE FUNCTION catalog.propose(
  _editor_id uuid, _description text, _extra jsonb,
  _croids uuid[], _kind catalog.kind, _bodies text[], _edit_extras text[]
)
RETURNS TABLE (
  croid uuid, action text, revision_id uuid, previous_revision_id uuid, editgroup_id uuid
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _editgroup_id uuid := uuidv7();
  _members text[] := ARRAY(
    SELECT m.member FROM catalog.part_member AS m WHERE m.kind = _kind ORDER BY m.member
  );
BEGIN
  INSERT INTO catalog.editgroup (editgroup_id, editor_id, description, extra)
  VALUES (_editgroup_id, _editor_id, _description, _extra);
  RETURN QUERY
  WITH given AS MATERIALIZED (
    SELECT u.croid, u.body - _members AS body, u.body AS whole, u.extra
    FROM (
      SELECT v.croid, v.body::jsonb AS body, v.extra::jsonb AS extra
      FROM unnest(_croids, _bodies, _edit_extras) AS v (croid, body, extra) OFFSET 0
    ) AS u
  ),
  split AS MATERIALIZED (
    SELECT g.croid, m.member, g.whole -> m.member AS body,
           catalog.hash_part(m.member, g.whole -> m.member) AS sha256
    FROM given AS g CROSS JOIN unnest(_members) AS m (member)
    WHERE g.whole ? m.member
  ),
  gathered AS MATERIALIZED (
    SELECT g.croid, g.body, g.extra, coalesce(p.parts, '{}') AS parts
    FROM given AS g
    LEFT JOIN (
      SELECT s.croid, array_agg(s.sha256 ORDER BY s.member) AS parts
      FROM split AS s GROUP BY s.croid
    ) AS p ON p.croid = g.croid
  ),
  hashed AS MATERIALIZED (
    SELECT g.*, catalog.content_hash(_kind, g.body, g.parts) AS content_hash FROM gathered AS g
  ),
  compared AS MATERIALIZED (
    SELECT h.*, i.kind AS kind_before, i.is_live, i.revision_id AS before, i.redirect_to,
           uuidv7() AS after, (r.content_hash = h.content_hash) IS TRUE AS is_same
    FROM hashed AS h
    LEFT JOIN catalog.ident AS i ON i.croid = h.croid
    LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  ),
  named AS (
    INSERT INTO catalog.ident (croid, kind)
    SELECT c.croid, _kind FROM compared AS c WHERE c.kind_before IS NULL
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
      croid, editgroup_id, kind, action,
      revision_id, previous_revision_id, previous_redirect_to, extra
    )
    SELECT c.croid, _editgroup_id, _kind,
           CASE WHEN c.is_live THEN 'update' ELSE 'create' END::catalog.edit_action,
           c.after, c.before, c.redirect_to, c.extra
    FROM compared AS c WHERE NOT c.is_same
  )
  SELECT c.croid,
         CASE WHEN c.is_same THEN 'unchanged' WHEN c.is_live THEN 'update' ELSE 'create' END,
         CASE WHEN c.is_same THEN c.before ELSE c.after END, c.before,
         CASE WHEN NOT c.is_same THEN _editgroup_id END
  FROM compared AS c;
  DELETE FROM catalog.editgroup AS g
  WHERE g.editgroup_id = _editgroup_id
    AND NOT EXISTS (SELECT FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id);
END
$$;
COMMENT ON FUNCTION catalog.propose(uuid, text, jsonb, uuid[], catalog.kind, text[], text[]) IS 'Open an editgroup that gives these objects this content; an object whose content is the same gets no edit, and without any edit there is no editgroup.';
