CREATE OR REPLACE FUNCTION platform.finish_task_part(_task_id uuid, _parts integer, _problems jsonb)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _is_last boolean;
BEGIN
  UPDATE platform.task AS t
  SET parts_done = t.parts_done + _parts,
      state = 'running',
      problems = t.problems || _problems
  WHERE t.task_id = _task_id AND t.finished_at IS NULL
  RETURNING t.parts_done = t.parts_total INTO _is_last;
  RETURN coalesce(_is_last, false);
END
$$;
COMMENT ON FUNCTION platform.finish_task_part(uuid, integer, jsonb) IS 'Count parts of a task as done, with their problems; true when none is left, so that the caller completes it.';
