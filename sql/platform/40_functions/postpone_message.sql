CREATE OR REPLACE FUNCTION platform.postpone_message(_queue text, _msg_id bigint, _delay_s integer)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT FROM pgmq.set_vt(_queue, _msg_id, _delay_s);
$$;
COMMENT ON FUNCTION platform.postpone_message(text, bigint, integer) IS 'Let a message that failed be seen again after some seconds.';
