CREATE OR REPLACE FUNCTION platform.replay_dead(_queue text)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _messages jsonb[];
BEGIN
  IF NOT EXISTS (SELECT FROM pgmq.meta AS m WHERE m.queue_name = _queue || '_dead') THEN
    PERFORM platform.raise_error('no-such-queue', _queue);
  END IF;
  EXECUTE format(
    'WITH removed AS (DELETE FROM pgmq.%I RETURNING msg_id, message - ARRAY[''reason'', ''buried_at''] AS message)
     SELECT array_agg(message ORDER BY msg_id) FROM removed',
    pgmq.format_table_name(_queue || '_dead', 'q')
  ) INTO _messages;
  IF _messages IS NULL THEN
    RETURN 0;
  END IF;
  PERFORM pgmq.send_batch(_queue, _messages);
  RETURN cardinality(_messages);
END
$$;
COMMENT ON FUNCTION platform.replay_dead(text) IS 'Send the dead letters of a queue again, after what killed them was mended; how many.';
