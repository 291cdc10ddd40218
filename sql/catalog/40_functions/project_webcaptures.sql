CREATE OR REPLACE FUNCTION catalog.project_webcaptures(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.webcapture AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.webcapture_cdx AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.webcapture_release AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.webcapture_url AS d WHERE d.croid = ANY (_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  listed AS (
    INSERT INTO catalog.webcapture_release (croid, position, release_croid)
    SELECT c.croid, e.place, croid.decode(e.element ->> 'croid')
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'releases') AS e
    WHERE e.element ? 'croid'
  ),
  located AS (
    INSERT INTO catalog.webcapture_url (croid, position, url, rel)
    SELECT p.croid, e.place, e.element ->> 'url', e.element ->> 'rel'
    FROM catalog.list_parts(_croids) AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member = 'archive_urls'
  ),
  captured AS (
    INSERT INTO catalog.webcapture_cdx (
      croid, position, surt, captured_at, url, mimetype, status_code, size_bytes, sha1, sha256
    )
    SELECT p.croid, e.place, e.element ->> 'surt', catalog.read_moment(e.element ->> 'timestamp'),
           e.element ->> 'url', e.element ->> 'mimetype',
           catalog.read_integer(e.element -> 'status_code'),
           catalog.read_whole(e.element -> 'size'), catalog.read_hash(e.element ->> 'sha1'),
           catalog.read_hash(e.element ->> 'sha256')
    FROM catalog.list_parts(_croids) AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member = 'cdx'
  )
  INSERT INTO catalog.webcapture (croid, original_url, captured_at, content_scope)
  SELECT c.croid, c.body ->> 'original_url', catalog.read_moment(c.body ->> 'timestamp'),
         c.body ->> 'content_scope'
  FROM current AS c;
END
$$;
COMMENT ON FUNCTION catalog.project_webcaptures(uuid[]) IS 'Rebuild the rows of these web captures from their current revisions.';
