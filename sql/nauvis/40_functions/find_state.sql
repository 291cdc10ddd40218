CREATE OR REPLACE FUNCTION nauvis.find_state(
  _deposit_id uuid, _record_count integer, _settled_count integer, _rejected_count integer
)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT CASE
    WHEN _settled_count = _record_count AND _rejected_count > 0 THEN 'completed-with-errors'
    WHEN _settled_count = _record_count THEN 'completed'
    WHEN EXISTS (
      SELECT FROM nauvis.deposit_record AS r
      JOIN platform.find_dead('deposit-received', _deposit_id) AS s (croid, reason)
        ON s.croid = r.croid::text
      LEFT JOIN nauvis.deposit_change AS c
        ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
      WHERE r.deposit_id = _deposit_id AND c.n IS NULL
    ) THEN 'failed'
    WHEN _settled_count > 0 THEN 'processing'
    ELSE 'received'
  END;
$$;
COMMENT ON FUNCTION nauvis.find_state(uuid, integer, integer, integer) IS 'How far a deposit has come: received, processing, completed, completed-with-errors, or failed while what remains lies in the dead letters.';
