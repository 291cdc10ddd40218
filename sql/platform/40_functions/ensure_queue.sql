CREATE OR REPLACE FUNCTION platform.ensure_queue(_queue text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _name text;
BEGIN
  FOREACH _name IN ARRAY ARRAY[_queue, _queue || '_dead'] LOOP
    IF NOT EXISTS (SELECT FROM pgmq.meta AS m WHERE m.queue_name = _name) THEN
      PERFORM pgmq.create_non_partitioned(_name);
      IF _name = _queue THEN
        PERFORM pgmq.enable_notify_insert(_name, 250);
      END IF;
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION platform.ensure_queue(text) IS 'Make a queue that wakes its listeners, and a second one for its dead letters.';
