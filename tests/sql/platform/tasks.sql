-- A task is done when its last part is, and says what went wrong.
DO $$
DECLARE
  _task uuid := platform.create_task('fulgora', 'enrichment', 3);
  _row platform.task;
BEGIN
  SELECT * INTO _row FROM platform.task WHERE task_id = _task;
  ASSERT _row.state = 'waiting' AND _row.parts_done = 0 AND _row.parts_total = 3 AND _row.finished_at IS NULL;
  ASSERT NOT platform.finish_task_part(_task, 1, '[]');
  ASSERT NOT platform.finish_task_part(_task, 1, '[{"croid": "x", "code": "unreadable-row", "detail": ""}]');
  ASSERT (SELECT state = 'running' AND parts_done = 2 FROM platform.task WHERE task_id = _task);
  ASSERT platform.finish_task_part(_task, 1, '[]'), 'this was the last';
  PERFORM platform.complete_task(_task, 'fulgora/answers/x.parquet');
  SELECT * INTO _row FROM platform.task WHERE task_id = _task;
  ASSERT _row.state = 'completed-with-errors' AND _row.result_url = 'fulgora/answers/x.parquet';
  ASSERT jsonb_array_length(_row.problems) = 1 AND _row.finished_at IS NOT NULL;
  ASSERT NOT platform.finish_task_part(_task, 1, '[]'), 'what is finished stays as it is';
  PERFORM platform.complete_task(_task, NULL);
  ASSERT (SELECT state FROM platform.task WHERE task_id = _task) = 'completed-with-errors';
END
$$;

DO $$
DECLARE
  _good uuid := platform.create_task('fulgora', 'enrichment', 1);
  _bad uuid := platform.create_task('fulgora', 'enrichment', 1);
BEGIN
  PERFORM platform.complete_task(_good, 'x');
  PERFORM platform.complete_task(_bad, NULL);
  ASSERT (SELECT state FROM platform.task WHERE task_id = _good) = 'completed';
  ASSERT (SELECT state FROM platform.task WHERE task_id = _bad) = 'failed';
  ASSERT NOT platform.finish_task_part(uuidv7(), 1, '[]'), 'there is no such task';
END
$$;
