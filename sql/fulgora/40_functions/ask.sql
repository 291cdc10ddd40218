CREATE OR REPLACE FUNCTION fulgora.ask(_sources text[], _croids uuid[])
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _task_id uuid;
BEGIN
  _task_id := platform.create_task('fulgora', 'enrichment', (cardinality(_croids) + 999) / 1000);
  INSERT INTO fulgora.request (task_id, source)
  SELECT _task_id, s.source FROM unnest(_sources) AS s (source);
  -- Both commit or neither does.
  PERFORM platform.announce('enrichment-wanted', _croids, NULL, _task_id);
  RETURN _task_id;
END
$$;
COMMENT ON FUNCTION fulgora.ask(text[], uuid[]) IS 'Ask what sources have on these objects: opens a task whose result is one Parquet file.';
