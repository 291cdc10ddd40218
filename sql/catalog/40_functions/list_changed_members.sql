CREATE OR REPLACE FUNCTION catalog.list_changed_members(_croid uuid, _before uuid, _after uuid)
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  WITH before AS (
    SELECT r.body, r.parts FROM catalog.revision AS r
    WHERE r.croid = _croid AND r.revision_id = _before
  ),
  after AS (
    SELECT r.body, r.parts FROM catalog.revision AS r
    WHERE r.croid = _croid AND r.revision_id = _after
  ),
  changed AS (
    SELECT coalesce(b.key, a.key) AS member
    FROM jsonb_each((SELECT f.body FROM before AS f)) AS b
    FULL JOIN jsonb_each((SELECT t.body FROM after AS t)) AS a ON a.key = b.key
    WHERE b.value IS DISTINCT FROM a.value
    UNION
    SELECT p.member
    FROM catalog.part AS p
    WHERE p.croid = _croid
      AND (p.sha256 = ANY (coalesce((SELECT f.parts FROM before AS f), '{}')))
       <> (p.sha256 = ANY (coalesce((SELECT t.parts FROM after AS t), '{}')))
  )
  SELECT ARRAY(
    SELECT '/' || replace(replace(c.member, '~', '~0'), '/', '~1') AS pointer
    FROM changed AS c ORDER BY pointer
  );
$$;
COMMENT ON FUNCTION catalog.list_changed_members(uuid, uuid, uuid) IS 'JSON pointers to the top members in which two revisions differ; all members where one of the two is NULL.';
