CREATE OR REPLACE FUNCTION fulgora.answer(_task_id uuid, _croids uuid[], _result_url text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM platform.complete_task(_task_id, _result_url);
  -- Both commit or neither does.
  PERFORM platform.announce('enrichment-answered', _croids, NULL, _task_id);
END
$$;
COMMENT ON FUNCTION fulgora.answer(uuid, uuid[], text) IS 'Close a task with its Parquet file and tell who asked.';
