CREATE OR REPLACE FUNCTION platform.create_task(_room text, _kind text, _parts integer)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO platform.task (room, kind, parts_total)
  VALUES (_room, _kind, _parts)
  RETURNING task_id;
$$;
COMMENT ON FUNCTION platform.create_task(text, text, integer) IS 'Open a task of so many parts.';
