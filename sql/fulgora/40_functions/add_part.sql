CREATE OR REPLACE FUNCTION fulgora.add_part(_task_id uuid, _part text, _problems jsonb)
RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Parts of one task are counted one after the other, so that exactly one is the last.
  PERFORM FROM platform.task AS t WHERE t.task_id = _task_id FOR NO KEY UPDATE;
  INSERT INTO fulgora.request_part (task_id, part) VALUES (_task_id, _part) ON CONFLICT DO NOTHING;
  IF FOUND AND platform.finish_task_part(_task_id, 1, _problems) THEN
    RETURN QUERY
    SELECT p.part FROM fulgora.request_part AS p WHERE p.task_id = _task_id ORDER BY p.part;
  END IF;
END
$$;
COMMENT ON FUNCTION fulgora.add_part(uuid, text, jsonb) IS 'Count a written part of an answer, once however often it is written; returns all of them when it was the last.';
