-- name: subscription_list :many
-- Who hears what.
SELECT s.event, s.queue FROM platform.subscription AS s ORDER BY s.event, s.queue;
