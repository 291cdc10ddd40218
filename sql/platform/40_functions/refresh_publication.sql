CREATE OR REPLACE FUNCTION platform.refresh_publication()
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _wanted CONSTANT text := (
    SELECT string_agg(format('TABLE %s (%s)', p.table_name, p.columns), ', ' ORDER BY p.table_name COLLATE "C")
    FROM platform.list_published() AS p
  );
  _found CONSTANT text := (
    SELECT string_agg(
      format('TABLE %I.%I (%s)', t.schemaname, t.tablename, (
        SELECT string_agg(quote_ident(u.name), ', ' ORDER BY u.n)
        FROM unnest(t.attnames) WITH ORDINALITY AS u (name, n)
      )), ', ' ORDER BY format('%I.%I', t.schemaname, t.tablename) COLLATE "C"
    )
    FROM pg_publication_tables AS t WHERE t.pubname = 'nexus_changelog'
  );
BEGIN
  IF _wanted IS NOT DISTINCT FROM _found THEN
    RETURN false;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_publication AS p WHERE p.pubname = 'nexus_changelog') THEN
    CREATE PUBLICATION nexus_changelog;
  END IF;
  EXECUTE format('ALTER PUBLICATION nexus_changelog SET %s', _wanted);
  RETURN true;
END
$$;
COMMENT ON FUNCTION platform.refresh_publication() IS 'Let the publication nexus_changelog hold the tables that replicas follow, with their public columns; whether it did not yet.';
