CREATE OR REPLACE FUNCTION nauvis.note_callback(
  _callback_id uuid, _attempt_id uuid, _status integer, _error text, _duration_ms integer,
  _most_attempts integer
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _is_taken CONSTANT boolean := coalesce(_status BETWEEN 200 AND 299, false);
BEGIN
  UPDATE nauvis.callback_attempt AS a
  SET status = _status, error = left(_error, 500), duration_ms = _duration_ms
  WHERE a.callback_id = _callback_id AND a.attempt_id = _attempt_id;
  UPDATE nauvis.callback AS c
  SET
    state = CASE
      WHEN _is_taken THEN 'sent' WHEN c.attempts >= _most_attempts THEN 'dead' ELSE 'due'
    END::nauvis.callback_state,
    sent_at = CASE WHEN _is_taken THEN clock_timestamp() ELSE c.sent_at END,
    -- 10 s, then three times as long after each failure, and a fifth more or less; 6 h at most.
    next_at = CASE WHEN NOT _is_taken AND c.attempts < _most_attempts THEN clock_timestamp()
      + least(interval '10 s' * 3 ^ least(c.attempts - 1, 12), interval '6 h')
      * (0.8 + 0.4 * random()) END
  WHERE c.callback_id = _callback_id AND c.state = 'due';
END
$$;
COMMENT ON FUNCTION nauvis.note_callback(uuid, uuid, integer, text, integer, integer) IS 'Note how an attempt to send a callback went; one that was not taken is due again, later each time, until it is given up.';
