-- Asking opens a task; its parts are counted once each; the last one brings all of them.
DO $$
DECLARE
  _croids uuid[];
  _task uuid;
  _message jsonb;
BEGIN
  SELECT array_agg(uuidv7()) INTO _croids FROM generate_series(1, 1500);
  _task := fulgora.ask(ARRAY['ror', 'crossref'], _croids);
  ASSERT (SELECT array_agg(source ORDER BY source) FROM fulgora.request WHERE task_id = _task) = ARRAY['crossref', 'ror'];
  ASSERT (SELECT parts_total FROM platform.task WHERE task_id = _task) = 2;
  ASSERT (
    SELECT sum(jsonb_array_length(message -> 'croids')) FROM pgmq.q_fulgora_enrichment_wanted
    WHERE message ->> 'task' = _task::text
  ) = 1500;
  ASSERT NOT EXISTS (SELECT FROM fulgora.add_part(_task, 'one', '[]'));
  ASSERT NOT EXISTS (SELECT FROM fulgora.add_part(_task, 'one', '[{"code": "x"}]')), 'this one is here already';
  ASSERT (SELECT parts_done = 1 AND problems = '[]' FROM platform.task WHERE task_id = _task);
  ASSERT (SELECT array_agg(p) FROM fulgora.add_part(_task, 'two', '[]') AS p) = ARRAY['one', 'two'];
  ASSERT NOT EXISTS (SELECT FROM fulgora.add_part(_task, 'two', '[]'));
  PERFORM fulgora.answer(_task, _croids[1:2], 'fulgora/answers/x.parquet');
  ASSERT (SELECT state = 'completed' AND result_url = 'fulgora/answers/x.parquet' FROM platform.task WHERE task_id = _task);
  SELECT message INTO _message FROM pgmq.q_vulcanus_enrichment_answered ORDER BY msg_id DESC LIMIT 1;
  ASSERT _message ->> 'task' = _task::text AND jsonb_array_length(_message -> 'croids') = 2;
END
$$;

-- What complete releases say now of an object, found by its identifier.
DO $$
DECLARE
  _croid uuid;
  _no integer;
BEGIN
  SELECT croid INTO _croid FROM croid.reserve('doi', ARRAY['10.5555/f'], 'release');
  _no := fulgora.begin_release('crossref', 'x');
  PERFORM fulgora.store_records('crossref', _no, ARRAY['10.5555/f'], ARRAY['1'], ARRAY['a']::bytea[], ARRAY['A']::bytea[]);
  ASSERT NOT EXISTS (SELECT FROM fulgora.current_record WHERE croid = _croid);
  PERFORM fulgora.complete_release('crossref', _no, 0);
  ASSERT (SELECT release_no = _no AND record = 'A' AND rank = 20 FROM fulgora.current_record WHERE croid = _croid);
  _no := fulgora.begin_release('crossref', 'y');
  PERFORM fulgora.store_records('crossref', _no, ARRAY['10.5555/f'], ARRAY['2'], ARRAY['b']::bytea[], ARRAY['B']::bytea[]);
  PERFORM fulgora.complete_release('crossref', _no, 0);
  ASSERT (SELECT array_agg(record) FROM fulgora.current_record WHERE croid = _croid) = ARRAY['B']::bytea[];
END
$$;
