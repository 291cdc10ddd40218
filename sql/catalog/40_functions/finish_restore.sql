CREATE OR REPLACE FUNCTION catalog.finish_restore()
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _index bigint;
BEGIN
  UPDATE catalog.clock AS c
  SET index = l.index, hash = l.hash
  FROM (SELECT n.index, n.hash FROM catalog.changelog AS n ORDER BY n.index DESC LIMIT 1) AS l
  RETURNING c.index INTO _index;
  -- What was merged or deleted keeps the identifiers that nobody else has.
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
  SELECT l.scheme, l.value, i.croid, i.kind::text, s.is_unique
  FROM catalog.ident AS i
  CROSS JOIN LATERAL (
    SELECT r.body, r.kind FROM catalog.accepted_revision AS r
    WHERE r.croid = i.croid ORDER BY r.index DESC LIMIT 1
  ) AS r
  CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS l
  JOIN croid.scheme AS s ON s.scheme = l.scheme
  WHERE i.revision_id IS NULL AND i.is_live
  ON CONFLICT DO NOTHING;
  INSERT INTO croid.former_identifier (scheme, value, croid)
  SELECT DISTINCT l.scheme, l.value, r.croid
  FROM catalog.revision AS r
  JOIN catalog.ident AS i ON i.croid = r.croid AND i.revision_id IS DISTINCT FROM r.revision_id
  CROSS JOIN LATERAL catalog.list_identifiers(r.kind, r.body) AS l
  WHERE NOT EXISTS (
    SELECT FROM croid.identifier AS d
    WHERE d.scheme = l.scheme AND d.value = l.value AND d.croid = r.croid
  );
  RETURN coalesce(_index, 0);
END
$$;
COMMENT ON FUNCTION catalog.finish_restore() IS 'Set the clock where the restored changelog ends, and let merged and deleted objects be found by their identifiers, and all by those they had before; returns the index.';
