CREATE OR REPLACE FUNCTION platform.list_published()
RETURNS TABLE (table_name text, columns text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT to_regclass(r.table_name)::text, c.columns
  FROM platform.replicated_table AS r
  CROSS JOIN LATERAL platform.public_columns(r.table_name) AS c (columns)
  WHERE to_regclass(r.table_name) IS NOT NULL AND c.columns IS NOT NULL
  ORDER BY r.table_name COLLATE "C";
$$;
COMMENT ON FUNCTION platform.list_published() IS 'The tables that replicas follow, each with its public columns.';
