-- name: pool_lease :many
-- How many requests of these clients this process may answer in the interval that runs.
-- not null: *
SELECT l.pool, l.client, l.granted, l.requests, l.interval_s, l.left_ms
FROM aquilo.lease_requests(@pools::text[], @clients::bytea[]) AS l;

-- name: pool_list :many
-- The limits there are.
SELECT p.pool, p.requests, p.interval_s FROM aquilo.pool AS p;
