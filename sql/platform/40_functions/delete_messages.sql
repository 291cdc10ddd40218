CREATE OR REPLACE FUNCTION platform.delete_messages(_queue text, _msg_ids bigint[])
RETURNS integer
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT count(*)::integer FROM pgmq.delete(_queue, _msg_ids);
$$;
COMMENT ON FUNCTION platform.delete_messages(text, bigint[]) IS 'Take handled messages off their queue, in the transaction that stores their result.';
