CREATE OR REPLACE FUNCTION nauvis.check_settled(_croid uuid, _doi text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _waits uuid;
BEGIN
  SELECT r.deposit_id INTO _waits
  FROM nauvis.deposit_record AS r
  JOIN nauvis.deposit AS d
    ON d.deposit_id = r.deposit_id AND d.settled_at IS NULL AND NOT d.is_test
  WHERE r.croid = _croid AND NOT r.is_refused AND NOT EXISTS (
    SELECT FROM nauvis.deposit_change AS c
    WHERE c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
  )
  ORDER BY r.deposit_id DESC LIMIT 1;
  IF _waits IS NOT NULL THEN
    PERFORM platform.raise_error('not-settled', format('deposit %s of doi:%s', _waits, _doi));
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.check_settled(uuid, text) IS 'Refuse what has to wait until the deposits on an object have their verdicts.';
