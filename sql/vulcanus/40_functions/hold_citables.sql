CREATE OR REPLACE FUNCTION vulcanus.hold_citables()
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('vulcanus.citable', 0));
$$;
COMMENT ON FUNCTION vulcanus.hold_citables() IS 'Keep works from being added to the index of citable ones until the transaction ends; many may hold it at once.';
