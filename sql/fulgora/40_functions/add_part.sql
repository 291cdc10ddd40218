CREATE OR REPLACE FUNCTION fulgora.add_part(_task_id uuid, _part text)
RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Parts of one task are counted one after the other, so that exactly one is the last.
  PERFORM FROM platform.task AS t WHERE t.task_id = _task_id FOR NO KEY UPDATE;
  INSERT INTO fulgora.request_part (task_id, part) VALUES (_task_id, _part) ON CONFLICT DO NOTHING;
  RETURN QUERY
  SELECT p.part FROM fulgora.request_part AS p WHERE p.task_id = _task_id ORDER BY p.part;
END
$$;
COMMENT ON FUNCTION fulgora.add_part(uuid, text) IS 'Note a written part of an answer; returns all there are so far.';
