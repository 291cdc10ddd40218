CREATE OR REPLACE FUNCTION nexus.subscribe()
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _queue CONSTANT text := 'nexus_accepted';
  _is_heard CONSTANT boolean := EXISTS (
    SELECT FROM platform.subscription AS s WHERE s.event = 'accepted' AND s.queue = _queue
  );
BEGIN
  PERFORM platform.subscribe('accepted', _queue);
  RETURN CASE WHEN _is_heard THEN 0 ELSE catalog.announce_live(_queue) END;
END
$$;
COMMENT ON FUNCTION nexus.subscribe() IS 'Hear from now on what is accepted, and the first time of all that was accepted before; returns how many messages that were.';
