CREATE OR REPLACE FUNCTION nauvis.replay_dead_callbacks(_member_id integer)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count bigint;
BEGIN
  WITH locked AS (
    SELECT c.callback_id FROM nauvis.callback AS c
    WHERE c.state = 'dead' AND (_member_id IS NULL OR c.member_id = _member_id)
    ORDER BY c.callback_id FOR NO KEY UPDATE
  )
  UPDATE nauvis.callback AS c SET state = 'due', attempts = 0, next_at = clock_timestamp()
  FROM locked AS l WHERE c.callback_id = l.callback_id;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION nauvis.replay_dead_callbacks(integer) IS 'Make the dead callbacks of a member due again, of all without one, at the wish of the operator; returns how many.';
