CREATE OR REPLACE FUNCTION nauvis.count_settled(_deposit_id uuid)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  UPDATE nauvis.deposit AS d
  SET settled_count = c.settled, rejected_count = c.rejected,
      settled_at = CASE WHEN c.settled = d.record_count THEN clock_timestamp() END
  FROM (
    SELECT count(*) AS settled, count(*) FILTER (WHERE s.result = 'rejected') AS rejected
    FROM nauvis.deposit_record AS r
    JOIN nauvis.deposit_change AS s
      ON s.croid = r.croid AND s.deposit_id = r.deposit_id AND s.n = r.n
    WHERE r.deposit_id = _deposit_id
  ) AS c
  WHERE d.deposit_id = _deposit_id;
  -- Both commit or neither does.
  UPDATE nauvis.callback AS c
  SET state = 'due', next_at = d.settled_at
  FROM nauvis.deposit AS d
  WHERE c.deposit_id = _deposit_id AND c.state = 'waiting'
    AND d.deposit_id = c.deposit_id AND d.settled_at IS NOT NULL;
$$;
COMMENT ON FUNCTION nauvis.count_settled(uuid) IS 'Count how many records of a deposit have their verdict; with the last one its callback is due.';
