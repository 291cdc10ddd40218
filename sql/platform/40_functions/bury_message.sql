CREATE OR REPLACE FUNCTION platform.bury_message(_queue text, _msg_id bigint, _reason text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _message jsonb;
BEGIN
  EXECUTE format('DELETE FROM pgmq.%I WHERE msg_id = $1 RETURNING message', pgmq.format_table_name(_queue, 'q'))
  INTO _message USING _msg_id;
  IF _message IS NULL THEN
    RETURN false;
  END IF;
  IF jsonb_typeof(_message) <> 'object' THEN
    _message := jsonb_build_object('message', _message);
  END IF;
  PERFORM pgmq.send(_queue || '_dead', _message || jsonb_build_object('reason', _reason, 'buried_at', now()));
  RETURN true;
END
$$;
COMMENT ON FUNCTION platform.bury_message(text, bigint, text) IS 'Move a message to the dead letters of its queue, with the reason.';
