CREATE OR REPLACE FUNCTION platform.queue_depth()
RETURNS TABLE (
  queue text, waiting bigint, in_flight bigint, dead bigint, sent_total bigint,
  oldest_age_s integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  FOR queue IN
    SELECT m.queue_name FROM pgmq.meta AS m WHERE m.queue_name NOT LIKE '%\_dead' ORDER BY m.queue_name
  LOOP
    EXECUTE format(
      'SELECT count(*) FILTER (WHERE vt <= clock_timestamp()),
              count(*) FILTER (WHERE vt > clock_timestamp()),
              extract(epoch FROM clock_timestamp() - min(enqueued_at))::integer FROM pgmq.%I',
      pgmq.format_table_name(queue, 'q')
    ) INTO waiting, in_flight, oldest_age_s;
    EXECUTE format('SELECT count(*) FROM pgmq.%I', pgmq.format_table_name(queue || '_dead', 'q')) INTO dead;
    EXECUTE format(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM pgmq.%I',
      pgmq.format_table_name(queue, 'q') || '_msg_id_seq'
    ) INTO sent_total;
    RETURN NEXT;
  END LOOP;
END
$$;
COMMENT ON FUNCTION platform.queue_depth() IS 'Per queue: messages that wait, are being handled, are dead, were ever sent, and the age of the oldest.';
