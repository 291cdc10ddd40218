CREATE OR REPLACE FUNCTION catalog.verify_projections(_after uuid, _until uuid, _repair boolean)
RETURNS TABLE (croid uuid, problem text, is_repaired boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _croids uuid[] := ARRAY(
    SELECT i.croid FROM catalog.ident AS i WHERE i.croid > _after AND i.croid <= _until
  );
  _before_croids uuid[];
  _before_digests bytea[];
  _strays uuid[];
  _failed uuid[];
  _reasons text[];
  _differing uuid[];
BEGIN
  PERFORM catalog.hold_idents(_croids);
  -- What nobody may have: one statement, since objects are made while this runs.
  _strays := ARRAY(
    SELECT d.croid FROM catalog.digest_projections(_after, _until) AS d
    WHERE NOT EXISTS (SELECT FROM catalog.ident AS i WHERE i.croid = d.croid AND i.is_live)
  );
  SELECT array_agg(d.croid), array_agg(d.digest) INTO _before_croids, _before_digests
  FROM catalog.digest_projections(_after, _until) AS d WHERE d.croid = ANY (_croids);
  BEGIN
    SELECT array_agg(p.croid), array_agg(p.problem) INTO _failed, _reasons
    FROM catalog.reproject(_croids) AS p;
    _differing := ARRAY(
      SELECT coalesce(b.croid, a.croid)
      FROM unnest(_before_croids, _before_digests) AS b (croid, digest)
      FULL JOIN (
        SELECT d.croid, d.digest FROM catalog.digest_projections(_after, _until) AS d
        WHERE d.croid = ANY (_croids)
      ) AS a ON a.croid = b.croid
      WHERE a.digest IS DISTINCT FROM b.digest ORDER BY 1
    );
    RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = 'what was compared is taken back';
  EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
    NULL;
  END;
  IF _repair AND _differing <> '{}' THEN
    PERFORM catalog.project(_differing);
  END IF;
  RETURN QUERY
  SELECT u.croid, 'its rows are not those of its revision', _repair FROM unnest(_differing) AS u (croid)
  UNION ALL
  SELECT u.croid, u.reason, false FROM unnest(_failed, _reasons) AS u (croid, reason)
  UNION ALL
  SELECT u.croid, 'it has rows and is not live', false FROM unnest(_strays) AS u (croid);
END
$$;
COMMENT ON FUNCTION catalog.verify_projections(uuid, uuid, boolean) IS 'Objects of a range whose projected rows or identifiers are not what their revisions say; keeps the right rows where asked to, changes nothing otherwise.';
