CREATE OR REPLACE FUNCTION nauvis.replay_callback(
  _deposit_id uuid, _n integer, _with_token_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _callback nauvis.callback;
BEGIN
  SELECT c.* INTO _callback
  FROM nauvis.callback AS c WHERE c.deposit_id = _deposit_id AND c.n = _n FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-callback', format('%s of deposit %s', _n, _deposit_id));
  END IF;
  PERFORM nauvis.hold_member(_callback.member_id, _with_token_id, 'depositor');
  UPDATE nauvis.callback AS c SET state = 'due', attempts = 0, next_at = clock_timestamp()
  WHERE c.callback_id = _callback.callback_id AND c.state <> 'waiting';
END
$$;
COMMENT ON FUNCTION nauvis.replay_callback(uuid, integer, uuid) IS 'Make a callback due again, at the wish of the operator or of a depositor of its member; it stays the same event. One that waits for the verdicts goes on waiting.';
