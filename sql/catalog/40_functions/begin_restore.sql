CREATE OR REPLACE FUNCTION catalog.begin_restore()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Nobody writes beside a restore.
  LOCK TABLE catalog.editor, catalog.editgroup, catalog.ident, catalog.clock IN EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM catalog.ident) OR EXISTS (SELECT FROM catalog.editgroup) THEN
    PERFORM platform.raise_error('not-empty', current_database());
  END IF;
  -- The dump brings its own, those of the system among them.
  DELETE FROM catalog.editor;
END
$$;
COMMENT ON FUNCTION catalog.begin_restore() IS 'Make a migrated database that holds no object ready to take a full dump in; refuses any other.';
