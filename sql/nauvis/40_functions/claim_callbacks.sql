CREATE OR REPLACE FUNCTION nauvis.claim_callbacks(
  _limit_count integer, _most_attempts integer, _lease interval
)
RETURNS TABLE (
  callback_id uuid, attempt_id uuid, deposit_id uuid, url text, attempt integer, secret text,
  previous_secret text, is_test boolean, is_atomic boolean, record_count integer,
  rejected_count integer, settled_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _claimed uuid[];
BEGIN
  -- Whoever died with the last attempt in hand did not say that it failed.
  UPDATE nauvis.callback AS c SET state = 'dead', next_at = NULL
  WHERE c.state = 'due' AND c.next_at <= clock_timestamp() AND c.attempts >= _most_attempts;
  SELECT array_agg(w.callback_id) INTO _claimed
  FROM (
    SELECT c.callback_id FROM nauvis.callback AS c
    WHERE c.state = 'due' AND c.next_at <= clock_timestamp()
    ORDER BY c.next_at LIMIT _limit_count FOR NO KEY UPDATE SKIP LOCKED
  ) AS w;
  RETURN QUERY
  WITH claimed AS (
    UPDATE nauvis.callback AS c
    SET attempts = c.attempts + 1, next_at = clock_timestamp() + _lease
    WHERE c.callback_id = ANY (_claimed)
    RETURNING c.callback_id, c.deposit_id, c.member_id, c.url, c.attempts
  ), begun AS (
    INSERT INTO nauvis.callback_attempt (callback_id)
    SELECT c.callback_id FROM claimed AS c
    RETURNING callback_id, attempt_id
  )
  SELECT
    c.callback_id, b.attempt_id, c.deposit_id, c.url, c.attempts, s.secret,
    CASE WHEN s.previous_ends_at > clock_timestamp() THEN s.previous_secret END,
    d.is_test, d.is_atomic, d.record_count, d.rejected_count, d.settled_at
  FROM claimed AS c
  JOIN begun AS b ON b.callback_id = c.callback_id
  JOIN nauvis.deposit AS d ON d.deposit_id = c.deposit_id
  JOIN nauvis.callback_secret AS s ON s.member_id = c.member_id
  ORDER BY c.callback_id;
END
$$;
COMMENT ON FUNCTION nauvis.claim_callbacks(integer, integer, interval) IS 'Take up callbacks that are due, each for one sender, which has to say how it went before the lease is over, or else they are due again.';
