CREATE OR REPLACE FUNCTION platform.list_dead(_queue text, _limit integer)
RETURNS TABLE (msg_id bigint, buried_at timestamptz, reason text, message text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pgmq.meta AS m WHERE m.queue_name = _queue || '_dead') THEN
    PERFORM platform.raise_error('no-such-queue', _queue);
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT d.msg_id, (d.message ->> ''buried_at'')::timestamptz, d.message ->> ''reason'',
            (d.message - ARRAY[''reason'', ''buried_at''])::text
     FROM pgmq.%I AS d ORDER BY d.msg_id LIMIT $1',
    pgmq.format_table_name(_queue || '_dead', 'q')
  ) USING _limit;
END
$$;
COMMENT ON FUNCTION platform.list_dead(text, integer) IS 'The dead letters of a queue, oldest first: when and why each died, and what it said.';
