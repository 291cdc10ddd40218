-- name: queue_read :many
-- Read messages that nobody else sees for some seconds; those read too often go to the dead
-- letters.
-- not null: *
SELECT r.msg_id, r.read_count, r.message
FROM platform.read_messages(@queue::text, @visibility_s::integer, @limit_count::integer)
  AS r (msg_id, read_count, message);

-- name: queue_delete :one
-- Take handled messages off their queue.
SELECT platform.delete_messages(@queue::text, @msg_ids::bigint[])::integer AS deleted;

-- name: queue_bury :one
-- Move a message to the dead letters of its queue.
SELECT platform.bury_message(@queue::text, @msg_id::bigint, @reason::text)::boolean AS buried;

-- name: queue_replay :one
-- Send the dead letters of a queue again.
SELECT platform.replay_dead(@queue::text)::integer AS replayed;

-- name: queue_list :many
-- Every queue with what waits in it, is being handled, and is dead.
-- not null: queue, waiting, in_flight, dead, sent_total
SELECT q.queue, q.waiting, q.in_flight, q.dead, q.sent_total, q.oldest_age_s
FROM platform.queue_depth() AS q (queue, waiting, in_flight, dead, sent_total, oldest_age_s);

-- name: queue_postpone :exec
-- Let a message that failed be seen again after some seconds.
SELECT platform.postpone_message(@queue::text, @msg_id::bigint, @delay_s::integer);

-- name: queue_dead_list :many
-- The dead letters of a queue, oldest first.
-- not null: msg_id, message
SELECT d.msg_id, d.buried_at, d.reason, d.message
FROM platform.list_dead(@queue::text, @limit_count::integer)
  AS d (msg_id, buried_at, reason, message);

-- name: queue_give_back :one
-- Let messages that were read and not begun be seen again at once, as if nobody had read them.
SELECT platform.give_back_messages(@queue::text, @msg_ids::bigint[])::integer AS given_back;
