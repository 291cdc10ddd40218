CREATE OR REPLACE FUNCTION vulcanus.open_run(_reason text, _object_count integer)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO vulcanus.run (reason, object_count) VALUES (_reason, _object_count) RETURNING run_id;
$$;
COMMENT ON FUNCTION vulcanus.open_run(text, integer) IS 'Note that a batch of objects is being processed, and why.';
