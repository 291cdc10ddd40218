CREATE OR REPLACE FUNCTION platform.read_messages(
  _queue text, _visibility_s integer, _limit integer
)
RETURNS TABLE (msg_id bigint, read_count integer, message text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _message pgmq.message_record;
BEGIN
  FOR _message IN SELECT * FROM pgmq.read(_queue, _visibility_s, _limit) LOOP
    IF _message.read_ct > 5 THEN
      PERFORM platform.bury_message(_queue, _message.msg_id, 'read five times without success');
    ELSE
      msg_id := _message.msg_id;
      read_count := _message.read_ct;
      message := _message.message::text;
      RETURN NEXT;
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION platform.read_messages(text, integer, integer) IS 'Read messages that nobody else sees for some seconds; one read more than five times goes to the dead letters instead.';
