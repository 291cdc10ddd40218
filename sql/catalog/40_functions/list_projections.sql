CREATE OR REPLACE FUNCTION catalog.list_projections()
RETURNS SETOF text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.oid::regclass::text
  FROM pg_class AS c
  JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
  WHERE c.relnamespace = 'catalog'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'croid'
    AND c.relname <> 'part'
    -- What knows revisions is the core: ident, revision, edit and what is kept beside them.
    AND NOT EXISTS (
      SELECT FROM pg_attribute AS r WHERE r.attrelid = c.oid AND r.attname = 'revision_id'
    )
  ORDER BY c.relname;
$$;
COMMENT ON FUNCTION catalog.list_projections() IS 'The tables that say by column what current revisions say, found by their keys.';
