CREATE OR REPLACE FUNCTION vulcanus.hold_strategies()
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('vulcanus.strategy', 0));
$$;
COMMENT ON FUNCTION vulcanus.hold_strategies() IS 'Have everybody know until the transaction ends that objects are accepted with the strategies that are on now, once it has returned.';
