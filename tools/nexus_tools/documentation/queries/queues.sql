SELECT
  coalesce(q.queue_name, s.queue),
  pg_catalog.array_remove(pg_catalog.array_agg(s.event ORDER BY s.event), NULL)
FROM pgmq.meta AS q
FULL JOIN platform.subscription AS s ON q.queue_name = s.queue
WHERE coalesce(q.queue_name, s.queue) !~ '_dead$'
GROUP BY coalesce(q.queue_name, s.queue)
ORDER BY coalesce(q.queue_name, s.queue)
