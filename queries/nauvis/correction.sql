-- name: correction_propose :one
-- Write down what somebody proposes to change in a work.
SELECT nauvis.propose_correction(
  @editor_id::uuid, @croid::uuid, @doi::text, @patch::text, @evidence::text,
  sqlc.narg('comment')::text
)::uuid AS correction_id;

-- name: correction_hold :one
-- Lock an open correction for whoever may decide it, and say whether anybody owns its prefix.
-- not null: *
SELECT
  c.correction_id, c.croid, c.doi, c.patch::text AS patch,
  EXISTS(
    SELECT FROM nauvis.prefix AS p
    WHERE
      p.prefix = split_part(c.doi, '/', 1)
      AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
  ) AS is_owned
FROM nauvis.hold_correction(@correction_id::uuid, sqlc.narg('with_token_id')::uuid) AS c (
  correction_id, croid, doi, patch, evidence, comment, proposer_id, proposed_at, state, decided_at,
  decider_id, decision_comment, deposit_id, editgroup_id
);

-- name: correction_decide :exec
-- Accept an open correction with a deposit or an edit, reject it, or note that it fits no longer.
SELECT nauvis.decide_correction(
  @correction_id::uuid, sqlc.narg('with_token_id')::uuid, @state::nauvis.correction_state,
  sqlc.narg('comment')::text, sqlc.narg('deposit_id')::uuid,
  sqlc.narg('editgroup_id')::uuid
);

-- name: correction_withdraw :exec
-- Take an open correction back.
SELECT nauvis.withdraw_correction(@correction_id::uuid, sqlc.narg('with_token_id')::uuid);

-- name: correction_get :one
-- A correction, with who proposed it and who decided.
SELECT
  c.correction_id, c.croid, c.doi, c.patch::text AS patch, c.evidence, c.comment,
  p.username AS proposer, c.proposed_at, c.state::text AS state, c.decided_at,
  d.username AS decider, c.decision_comment, c.deposit_id, c.editgroup_id
FROM nauvis.correction AS c
JOIN catalog.editor AS p ON p.editor_id = c.proposer_id
LEFT JOIN catalog.editor AS d ON d.editor_id = c.decider_id
WHERE c.correction_id = @correction_id;

-- name: correction_list :many
-- Corrections, newest first: of a work, of the prefixes a member owns today, in a state; a page at
-- a time.
SELECT
  c.correction_id, c.croid, c.doi, c.patch::text AS patch, c.evidence, c.comment,
  p.username AS proposer, c.proposed_at, c.state::text AS state, c.decided_at,
  d.username AS decider, c.decision_comment, c.deposit_id, c.editgroup_id
FROM nauvis.correction AS c
JOIN catalog.editor AS p ON p.editor_id = c.proposer_id
LEFT JOIN catalog.editor AS d ON d.editor_id = c.decider_id
WHERE
  c.correction_id < @before_correction_id
  AND (sqlc.narg('doi')::text IS NULL OR c.doi = sqlc.narg('doi')::text)
  AND (
    sqlc.narg('state')::nauvis.correction_state IS NULL
    OR c.state = sqlc.narg('state')::nauvis.correction_state
  )
  AND (
    sqlc.narg('member_id')::integer IS NULL
    OR split_part(c.doi, '/', 1) IN (
      SELECT o.prefix FROM nauvis.prefix AS o
      WHERE
        o.member_id = sqlc.narg('member_id')::integer
        AND o.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
    )
  )
ORDER BY c.correction_id DESC
LIMIT @limit_count;
