CREATE OR REPLACE FUNCTION nauvis.check_settled(_croid uuid, _doi text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF EXISTS (
    SELECT FROM nauvis.deposit_record AS r
    JOIN nauvis.deposit AS d
      ON d.deposit_id = r.deposit_id AND d.settled_at IS NULL AND NOT d.is_test
    WHERE r.croid = _croid AND NOT r.is_refused AND NOT EXISTS (
      SELECT FROM nauvis.deposit_change AS c
      WHERE c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
    )
  ) THEN
    PERFORM platform.raise_error('not-settled', _doi);
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.check_settled(uuid, text) IS 'Refuse what has to wait until the deposits on an object have their verdicts.';
