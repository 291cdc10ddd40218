CREATE OR REPLACE FUNCTION platform.find_dead(_event text, _task uuid)
RETURNS TABLE (croid text, reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _queue text;
BEGIN
  FOR _queue IN
    SELECT s.queue FROM platform.subscription AS s WHERE s.event = _event ORDER BY s.queue
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT e.croid, min(d.message ->> ''reason'')
       FROM pgmq.%I AS d
       CROSS JOIN LATERAL jsonb_array_elements_text(
         CASE WHEN jsonb_typeof(d.message -> ''croids'') = ''array''
           THEN d.message -> ''croids'' ELSE ''[]'' END
       ) AS e (croid)
       WHERE d.message ->> ''event'' = $1 AND d.message ->> ''task'' = $2
       GROUP BY e.croid',
      pgmq.format_table_name(_queue || '_dead', 'q')
    ) USING _event, _task::text;
  END LOOP;
END
$$;
COMMENT ON FUNCTION platform.find_dead(text, uuid) IS 'The objects whom the event of a task has not reached, since its messages lie in the dead letters, and the reasons.';
