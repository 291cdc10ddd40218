CREATE OR REPLACE FUNCTION platform.list_unfollowed(_is_stopped boolean)
RETURNS SETOF text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.table_name
  FROM platform.list_published() AS p
  WHERE NOT EXISTS (
    SELECT FROM pg_subscription_rel AS r
    JOIN pg_subscription AS s ON s.oid = r.srsubid
    JOIN pg_database AS d ON d.oid = s.subdbid
    WHERE d.datname = current_database() AND r.srrelid = to_regclass(p.table_name)
      AND NOT (_is_stopped AND r.srsubstate IN ('i', 'd'))
  );
$$;
COMMENT ON FUNCTION platform.list_unfollowed(boolean) IS 'The published tables that this database does not follow as a replica; of a stopped one also those whose copy is not done.';
