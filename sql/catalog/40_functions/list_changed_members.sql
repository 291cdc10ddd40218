CREATE OR REPLACE FUNCTION catalog.list_changed_members(_croid uuid, _before uuid, _after uuid)
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT ARRAY(
    SELECT '/' || replace(replace(coalesce(b.member, a.member), '~', '~0'), '/', '~1') AS pointer
    FROM catalog.list_members(_croid, _before) AS b
    FULL JOIN catalog.list_members(_croid, _after) AS a ON a.member = b.member
    WHERE (b.member, b.body, b.sha256) IS DISTINCT FROM (a.member, a.body, a.sha256)
    ORDER BY pointer
  );
$$;
COMMENT ON FUNCTION catalog.list_changed_members(uuid, uuid, uuid) IS 'JSON pointers to the top members in which two revisions differ; all members where one of the two is NULL.';
