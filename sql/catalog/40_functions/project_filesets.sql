CREATE OR REPLACE FUNCTION catalog.project_filesets(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.fileset AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.fileset_file AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.fileset_release AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.fileset_url AS d WHERE d.croid = ANY (_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  listed AS (
    INSERT INTO catalog.fileset_release (croid, position, release_croid)
    SELECT c.croid, e.place, croid.decode(e.element ->> 'croid')
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'releases') AS e
    WHERE e.element ? 'croid'
  ),
  located AS (
    INSERT INTO catalog.fileset_url (croid, position, url, rel)
    SELECT p.croid, e.place, e.element ->> 'url', e.element ->> 'rel'
    FROM catalog.list_parts(_croids) AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member = 'urls'
  ),
  manifested AS (
    INSERT INTO catalog.fileset_file (
      croid, position, path, size_bytes, md5, sha1, sha256, mimetype
    )
    SELECT p.croid, e.place, e.element ->> 'path', catalog.read_whole(e.element -> 'size'),
           catalog.read_hash(e.element ->> 'md5'),
           catalog.read_hash(e.element ->> 'sha1'), catalog.read_hash(e.element ->> 'sha256'),
           e.element ->> 'mimetype'
    FROM catalog.list_parts(_croids) AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member = 'manifest'
  )
  INSERT INTO catalog.fileset (croid, content_scope)
  SELECT c.croid, c.body ->> 'content_scope' FROM current AS c;
END
$$;
COMMENT ON FUNCTION catalog.project_filesets(uuid[]) IS 'Rebuild the rows of these filesets from their current revisions.';
