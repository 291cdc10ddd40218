CREATE OR REPLACE FUNCTION catalog.project_files(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.file AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.file_release AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.file_url AS d WHERE d.croid = ANY (_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  listed AS (
    INSERT INTO catalog.file_release (croid, position, release_croid)
    SELECT c.croid, e.place, croid.decode(e.element ->> 'croid')
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'releases') AS e
    WHERE e.element ? 'croid'
  ),
  located AS (
    INSERT INTO catalog.file_url (croid, position, url, rel)
    SELECT p.croid, e.place, e.element ->> 'url', e.element ->> 'rel'
    FROM catalog.list_parts(_croids) AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member = 'urls'
  )
  INSERT INTO catalog.file (croid, size_bytes, md5, sha1, sha256, mimetype, content_scope)
  SELECT c.croid, catalog.read_whole(c.body -> 'size'), catalog.read_hash(c.body ->> 'md5'),
         catalog.read_hash(c.body ->> 'sha1'), catalog.read_hash(c.body ->> 'sha256'),
         c.body ->> 'mimetype', c.body ->> 'content_scope'
  FROM current AS c;
END
$$;
COMMENT ON FUNCTION catalog.project_files(uuid[]) IS 'Rebuild the rows of these files from their current revisions.';
