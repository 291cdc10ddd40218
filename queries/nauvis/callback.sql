-- name: callback_ask :exec
-- Note whom to tell once a deposit is settled.
SELECT nauvis.ask_callback(@deposit_id::uuid, @url::text);

-- name: callback_secret_set :exec
-- Give a member the secret that signs its callbacks.
SELECT nauvis.set_callback_secret(
  @member_id::integer, @secret::text, @overlap::interval, sqlc.narg('with_token_id')::uuid
);

-- name: callback_claim :many
-- Take up callbacks that are due.
-- not null: *
-- nullable: previous_secret
SELECT
  c.callback_id, c.attempt_id, c.deposit_id, c.url, c.attempt, c.secret, c.previous_secret,
  c.is_test, c.is_atomic, c.record_count, c.rejected_count, c.settled_at
FROM nauvis.claim_callbacks(
  @limit_count::integer, @most_attempts::integer, @lease::interval
) AS c (
  callback_id, attempt_id, deposit_id, url, attempt, secret, previous_secret, is_test, is_atomic,
  record_count, rejected_count, settled_at
);

-- name: callback_note :exec
-- Note how an attempt to send a callback went.
SELECT nauvis.note_callback(
  @callback_id::uuid, @attempt_id::uuid, sqlc.narg('status')::integer, sqlc.narg('error')::text,
  @duration_ms::integer, @most_attempts::integer
);

-- name: callback_replay :exec
-- Make a callback due again.
SELECT nauvis.replay_callback(@deposit_id::uuid, @n::integer, sqlc.narg('with_token_id')::uuid);

-- name: callback_list :many
-- The callbacks of a deposit.
SELECT
  c.callback_id, c.n, c.member_id, c.url, c.state::text AS state, c.attempts, c.next_at, c.sent_at
FROM nauvis.callback AS c WHERE c.deposit_id = @deposit_id ORDER BY c.n;

-- name: callback_attempt_list :many
-- The newest attempts to send the callbacks of a deposit.
SELECT a.callback_id, a.attempted_at, a.status, a.error, a.duration_ms
FROM nauvis.callback AS c
JOIN nauvis.callback_attempt AS a ON a.callback_id = c.callback_id
WHERE c.deposit_id = @deposit_id
ORDER BY a.attempt_id DESC
LIMIT @limit_count;

-- name: callback_replay_dead :one
-- Make the dead callbacks of a member due again, or of all; how many.
SELECT nauvis.replay_dead_callbacks(sqlc.narg('member_id')::integer)::bigint AS callback_count;

-- name: callback_count_by_member :many
-- How many callbacks each member has in which state, and since when the oldest is due.
-- nullable: due_since
SELECT
  c.member_id, m.name, count(*) FILTER (WHERE c.state = 'waiting') AS waiting_count,
  count(*) FILTER (WHERE c.state = 'due') AS due_count,
  count(*) FILTER (WHERE c.state = 'sent') AS sent_count,
  count(*) FILTER (WHERE c.state = 'dead') AS dead_count,
  min(c.next_at) FILTER (WHERE c.state = 'due') AS due_since
FROM nauvis.callback AS c
JOIN nauvis.member AS m ON m.member_id = c.member_id
WHERE sqlc.narg('member_id')::integer IS NULL OR c.member_id = sqlc.narg('member_id')::integer
GROUP BY c.member_id, m.name
ORDER BY c.member_id;

-- name: callback_dead_list :many
-- The callbacks that were given up, of a member or of all, the oldest first, with how the last
-- attempt went.
-- nullable: attempted_at
SELECT
  c.deposit_id, c.n, c.member_id, c.url, c.attempts, a.attempted_at, a.status, a.error
FROM nauvis.callback AS c
LEFT JOIN LATERAL (
  SELECT t.attempted_at, t.status, t.error
  FROM nauvis.callback_attempt AS t WHERE t.callback_id = c.callback_id
  ORDER BY t.attempt_id DESC LIMIT 1
) AS a ON true
WHERE
  c.state = 'dead'
  AND (sqlc.narg('member_id')::integer IS NULL OR c.member_id = sqlc.narg('member_id')::integer)
ORDER BY c.callback_id
LIMIT @limit_count;
