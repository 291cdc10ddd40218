-- name: pool_lease :many
-- How many requests of these clients this process may answer in the interval that runs.
-- not null: *
SELECT l.pool, l.client, l.granted, l.requests, l.interval_s, l.left_ms
FROM aquilo.lease_requests(@pools::text[], @clients::bytea[]) AS l;
