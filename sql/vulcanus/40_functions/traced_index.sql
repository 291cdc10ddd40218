CREATE OR REPLACE FUNCTION vulcanus.traced_index(_strategy text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Whoever traces changes must not miss what is stored meanwhile.
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('vulcanus.layer', 0));
  RETURN (SELECT s.traced_index FROM vulcanus.strategy AS s WHERE s.strategy = _strategy);
END
$$;
COMMENT ON FUNCTION vulcanus.traced_index(text) IS 'Up to which index the changes of what a strategy matches against were traced; no more are until the transaction ends.';
