CREATE OR REPLACE FUNCTION nauvis.hold_dois(_dois text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(k.key)
  FROM (
    SELECT DISTINCT hashtextextended('handle:' || d.doi, 0) AS key
    FROM unnest(_dois) AS d (doi) WHERE d.doi IS NOT NULL ORDER BY key
  ) AS k;
END
$$;
COMMENT ON FUNCTION nauvis.hold_dois(text[]) IS 'Serialise those who change the states of these DOIs until commit, in order, so that they cannot deadlock.';
