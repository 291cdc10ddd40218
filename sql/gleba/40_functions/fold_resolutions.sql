CREATE OR REPLACE FUNCTION gleba.fold_resolutions(_before timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
SET timezone = 'UTC'
AS $$
DECLARE
  _begin CONSTANT timestamptz := (
    SELECT date_trunc('month', min(r.begun_at)) FROM gleba.resolution AS r
    WHERE r.begun_at < date_trunc('month', _before)
  );
  _end CONSTANT timestamptz := _begin + INTERVAL '1 month';
BEGIN
  IF _begin IS NULL THEN
    RETURN NULL;
  END IF;
  WITH folded AS (
    DELETE FROM gleba.resolution AS r WHERE r.begun_at >= _begin AND r.begun_at < _end
    RETURNING split_part(r.doi, '/', 1) AS prefix, r.doi, r.outcome, r.agent, r.count
  )
  INSERT INTO gleba.resolution_month AS m (
    prefix, month, outcome, agent, resolution_count, doi_count
  )
  SELECT f.prefix, to_char(_begin, 'YYYY-MM'), f.outcome, f.agent, sum(f.count),
         count(DISTINCT f.doi)
  FROM folded AS f
  GROUP BY f.prefix, f.outcome, f.agent
  ON CONFLICT (prefix, month, outcome, agent) DO UPDATE SET
    resolution_count = m.resolution_count + excluded.resolution_count,
    doi_count = greatest(m.doi_count, excluded.doi_count);
  RETURN to_char(_begin, 'YYYY-MM');
END
$$;
COMMENT ON FUNCTION gleba.fold_resolutions(timestamptz) IS 'Keep of the oldest month whose hours are not to be kept any more its counts alone; returns that month, null where there is none that ended before.';
