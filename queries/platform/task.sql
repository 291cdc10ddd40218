-- name: task_get :one
-- A task with its progress and result.
SELECT
  t.task_id, t.room, t.kind, t.state::text AS state, t.parts_total, t.parts_done,
  t.problems::text AS problems, t.result_url, t.requested_at, t.finished_at
FROM platform.task AS t WHERE t.task_id = @task_id;

-- name: task_finish_part :one
-- Count parts of a task as done; true when none is left.
SELECT
  platform.finish_task_part(@task_id::uuid, @parts::integer, @problems::jsonb)::boolean AS is_last;
