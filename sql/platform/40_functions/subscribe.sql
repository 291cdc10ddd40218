CREATE OR REPLACE FUNCTION platform.subscribe(_event text, _queue text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM platform.ensure_queue(_queue);
  INSERT INTO platform.subscription (event, queue) VALUES (_event, _queue) ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION platform.subscribe(text, text) IS 'Let a queue hear an event; makes the queue and its dead letters where they are missing.';
