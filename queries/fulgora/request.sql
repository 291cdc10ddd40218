-- name: request_source_list :many
-- Which sources a task asks.
SELECT r.source FROM fulgora.request AS r WHERE r.task_id = @task_id ORDER BY r.source;

-- name: request_record_list :many
-- What the current releases of the asked sources say of these objects.
-- not null: *
SELECT c.croid, c.source, c.release_no, c.key, c.version, c.record
FROM (
  SELECT r.croid, r.source, r.release_no, r.key, r.version, r.record
  FROM fulgora.current_record AS r
  WHERE r.croid = ANY(@croids::uuid[]) AND r.source = ANY(@sources::text[])
  UNION
  SELECT m.croid, m.source, m.release_no, m.key, m.version, m.record
  FROM fulgora.current_mention AS m
  WHERE m.croid = ANY(@croids::uuid[]) AND m.source = ANY(@sources::text[])
) AS c
ORDER BY c.croid, c.source, c.key;

-- name: request_answer :exec
-- Close a task with its file and tell who asked.
SELECT fulgora.answer(@task_id::uuid, @croids::uuid[], @result_url::text);

-- name: request_add_part :many
-- Count a written part of an answer; returns all of them when it was the last.
-- not null: *
SELECT p.part FROM fulgora.add_part(@task_id::uuid, @part::text, @problems::jsonb) AS p (part);
