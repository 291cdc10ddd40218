CREATE OR REPLACE FUNCTION platform.give_back_messages(_queue text, _msg_ids bigint[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _count integer;
BEGIN
  EXECUTE format(
    'UPDATE pgmq.%I SET vt = clock_timestamp(), read_ct = greatest(read_ct - 1, 0) WHERE msg_id = ANY ($1)',
    pgmq.format_table_name(_queue, 'q')
  ) USING _msg_ids;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION platform.give_back_messages(text, bigint[]) IS 'Let messages that were read and not begun be seen again at once; that they were read does not count.';
