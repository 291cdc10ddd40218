CREATE OR REPLACE FUNCTION catalog.list_members(_croid uuid, _revision_id uuid)
RETURNS TABLE (member text, body jsonb, sha256 bytea)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
  WITH given AS (
    SELECT r.body, r.parts FROM catalog.revision AS r
    WHERE r.croid = _croid AND r.revision_id = _revision_id
  ),
  parted AS (
    SELECT p.member, p.body, p.sha256 FROM given AS g
    JOIN catalog.part AS p ON p.croid = _croid AND p.sha256 = ANY (g.parts)
  )
  SELECT e.key, e.value, NULL::bytea FROM given AS g CROSS JOIN jsonb_each(g.body) AS e
  UNION ALL
  SELECT e.key, e.value, NULL::bytea
  FROM parted AS p CROSS JOIN jsonb_each(p.body) AS e WHERE p.member = '*'
  UNION ALL
  SELECT p.member, NULL::jsonb, p.sha256 FROM parted AS p WHERE p.member <> '*';
$$;
COMMENT ON FUNCTION catalog.list_members(uuid, uuid) IS 'The members of a revision, however it is stored: those that are a part of their own by its hash, all others by their value.';
