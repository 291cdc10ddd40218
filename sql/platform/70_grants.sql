GRANT USAGE ON SCHEMA platform TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA platform TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
platform.raise_error(text, text), platform.announce(text, uuid[], bigint, uuid),
platform.read_messages(text, integer, integer), platform.bury_message(text, bigint, text),
platform.replay_dead(text), platform.list_dead(text, integer),
platform.delete_messages(text, bigint[]), platform.queue_depth(),
platform.create_task(text, text, integer), platform.finish_task_part(uuid, integer, jsonb),
platform.complete_task(uuid, text), platform.postpone_message(text, bigint, integer),
platform.give_back_messages(text, bigint[])
TO nexus_worker;
GRANT EXECUTE ON FUNCTION platform.raise_error(text, text), platform.queue_depth()
TO nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION platform.list_orphans() TO nexus_dba;
GRANT EXECUTE ON FUNCTION platform.find_dead(text, uuid) TO nexus_worker, nexus_api, nexus_dba;
GRANT USAGE ON SCHEMA procrastinate TO nexus_worker;
GRANT ALL ON ALL TABLES IN SCHEMA procrastinate TO nexus_worker;
GRANT ALL ON ALL SEQUENCES IN SCHEMA procrastinate TO nexus_worker;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA procrastinate TO nexus_worker;
-- The library's routines name their tables without a schema.
DO $$
DECLARE
  _routine regprocedure;
BEGIN
  FOR _routine IN
    SELECT p.oid FROM pg_catalog.pg_proc AS p
    WHERE p.pronamespace = 'procrastinate'::regnamespace
  LOOP
    EXECUTE format('ALTER ROUTINE %s SET search_path = procrastinate, pg_temp', _routine);
  END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION platform.is_replica(), platform.public_columns(text),
platform.list_published(), platform.list_unfollowed(boolean), platform.tell_moment()
TO nexus_worker, nexus_api, nexus_dba;
