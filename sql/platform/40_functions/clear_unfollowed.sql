CREATE OR REPLACE FUNCTION platform.clear_unfollowed(_is_stopped boolean)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _table text;
  _count bigint;
  _total bigint := 0;
BEGIN
  FOR _table IN
    SELECT u.table_name FROM platform.list_unfollowed(_is_stopped) AS u (table_name)
  LOOP
    EXECUTE format('DELETE FROM %s', _table);
    GET DIAGNOSTICS _count = ROW_COUNT;
    _total := _total + _count;
  END LOOP;
  RETURN _total;
END
$$;
COMMENT ON FUNCTION platform.clear_unfollowed(boolean) IS 'Empty the published tables that a replica has yet to copy, so that the copy meets nothing; returns how many rows went.';
