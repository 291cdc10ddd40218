CREATE OR REPLACE FUNCTION platform.announce(
  _event text, _croids uuid[], _index bigint DEFAULT NULL, _task uuid DEFAULT NULL
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _queue text;
  _messages jsonb[];
  _sent integer := 0;
BEGIN
  SELECT array_agg(
    jsonb_build_object(
      'v', 1, 'event', _event, 'croids', to_jsonb(_croids[_first:_first + 999]),
      'index', _index, 'task', _task, 'at', now()
    ) ORDER BY _first
  )
  INTO _messages
  FROM generate_series(1, greatest(cardinality(_croids), 1), 1000) AS _first;
  FOR _queue IN
    SELECT s.queue FROM platform.subscription AS s WHERE s.event = _event ORDER BY s.queue
  LOOP
    PERFORM pgmq.send_batch(_queue, _messages);
    _sent := _sent + cardinality(_messages);
  END LOOP;
  RETURN _sent;
END
$$;
COMMENT ON FUNCTION platform.announce(text, uuid[], bigint, uuid) IS 'Send an event to every queue that hears it, at most 1,000 objects a message; it commits with the change it tells of, or not at all.';
