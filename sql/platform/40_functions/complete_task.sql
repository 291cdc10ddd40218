CREATE OR REPLACE FUNCTION platform.complete_task(_task_id uuid, _result_url text)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE platform.task
  SET state = CASE
        WHEN _result_url IS NULL THEN 'failed'::platform.task_state
        WHEN problems = '[]' THEN 'completed'
        ELSE 'completed-with-errors'
      END,
      result_url = _result_url,
      finished_at = clock_timestamp()
  WHERE task_id = _task_id AND finished_at IS NULL;
$$;
COMMENT ON FUNCTION platform.complete_task(uuid, text) IS 'Close a task with the place of its result; without a place it has failed.';
