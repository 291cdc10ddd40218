CREATE OR REPLACE FUNCTION vulcanus.admit_former()
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF platform.is_replica() OR EXISTS (SELECT FROM vulcanus.citable) THEN
    RETURN 0;
  END IF;
  RETURN catalog.announce_live('vulcanus_accepted');
END
$$;
COMMENT ON FUNCTION vulcanus.admit_former() IS 'Have releases that were accepted before there was an index of citable ones admitted to it; returns how many messages that were.';
