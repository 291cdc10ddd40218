CREATE OR REPLACE FUNCTION vulcanus.hold_layers()
RETURNS boolean
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_try_advisory_xact_lock(hashtextextended('vulcanus.layer', 0));
$$;
COMMENT ON FUNCTION vulcanus.hold_layers() IS 'Keep others from storing layers until the transaction ends; false where somebody is about to.';
