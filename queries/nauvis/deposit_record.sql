-- name: deposit_record_list :many
-- The records of a deposit with their verdicts, a page at a time; the CROID is told where the DOI
-- names it.
-- not null: state
SELECT
  r.n, r.doi, i.croid, coalesce(r.state, 'findable')::text AS state, c.revision_id, c.index,
  CASE WHEN c.n IS NOT NULL THEN c.result::text END AS result,
  CASE WHEN r.problems IS NOT NULL THEN r.problems::text END AS problems,
  CASE WHEN c.problems IS NOT NULL THEN c.problems::text END AS change_problems,
  CASE WHEN c.patch IS NOT NULL THEN c.patch::text END AS patch
FROM nauvis.deposit_record AS r
LEFT JOIN nauvis.deposit_change AS c
  ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
LEFT JOIN croid.identifier AS i ON i.scheme = 'doi' AND i.value = r.doi AND i.croid = r.croid
WHERE r.deposit_id = @deposit_id AND r.n > @after_n
ORDER BY r.n
LIMIT @limit_count;

-- name: deposit_record_list_by_result :many
-- The records of a deposit with one verdict, a page at a time.
-- not null: state
SELECT
  r.n, r.doi, i.croid, coalesce(r.state, 'findable')::text AS state, c.revision_id, c.index,
  c.result::text AS result,
  CASE WHEN r.problems IS NOT NULL THEN r.problems::text END AS problems,
  CASE WHEN c.problems IS NOT NULL THEN c.problems::text END AS change_problems,
  CASE WHEN c.patch IS NOT NULL THEN c.patch::text END AS patch
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit_change AS c
  ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
LEFT JOIN croid.identifier AS i ON i.scheme = 'doi' AND i.value = r.doi AND i.croid = r.croid
WHERE r.deposit_id = @deposit_id AND r.n > @after_n AND c.result = @result::nauvis.verdict
ORDER BY r.n
LIMIT @limit_count;

-- name: deposit_record_count_by_result :many
-- How many records of a deposit got each verdict.
SELECT c.result::text AS result, count(*) AS record_count
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit_change AS c ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE r.deposit_id = @deposit_id GROUP BY c.result ORDER BY c.result;

-- name: deposit_record_result_count :many
-- How many records got each verdict, over all deposits but tests.
SELECT c.result::text AS result, count(*) AS record_count
FROM nauvis.deposit_change AS c
JOIN nauvis.deposit AS d ON d.deposit_id = c.deposit_id AND NOT d.is_test
GROUP BY c.result ORDER BY c.result;

-- name: deposit_record_list_by_croid :many
-- The deposits of one object, newest first, a page at a time.
SELECT
  r.deposit_id, r.n, d.received_at, c.revision_id, c.index,
  CASE WHEN c.n IS NOT NULL THEN c.result::text END AS result,
  CASE WHEN r.problems IS NOT NULL THEN r.problems::text END AS problems,
  CASE WHEN c.problems IS NOT NULL THEN c.problems::text END AS change_problems
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id AND NOT d.is_test
LEFT JOIN nauvis.deposit_change AS c
  ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE r.croid = @croid AND (r.deposit_id, r.n) < (@before_deposit_id::uuid, @before_n::integer)
ORDER BY r.deposit_id DESC, r.n DESC
LIMIT @limit_count;

-- name: deposit_record_list_stalled :many
-- The records of a deposit without a verdict whose message lies in the dead letters, and why.
-- not null: *
SELECT r.n, coalesce(min(s.reason), '')::text AS reason
FROM nauvis.deposit_record AS r
JOIN platform.find_dead('deposit-received', @deposit_id::uuid) AS s (croid, reason)
  ON s.croid = r.croid::text
LEFT JOIN nauvis.deposit_change AS c
  ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE r.deposit_id = @deposit_id::uuid AND c.n IS NULL
GROUP BY r.n ORDER BY r.n;

-- name: deposit_record_change_list :many
-- The records of a deposit with what each changed: the revision it made and the one before; what a
-- test would change is told as it was found. A page at a time.
SELECT
  r.n, r.doi, i.croid, c.revision_id, c.index, h.revision_id AS made_revision_id,
  h.previous_revision_id, t.username AS redacted_by, t.redacted_at, t.reason AS redacted_reason,
  CASE WHEN c.n IS NOT NULL THEN c.result::text END AS result,
  CASE WHEN c.patch IS NOT NULL THEN c.patch::text END AS patch,
  CASE WHEN r.problems IS NOT NULL THEN r.problems::text END AS problems,
  CASE WHEN c.problems IS NOT NULL THEN c.problems::text END AS change_problems
FROM nauvis.deposit_record AS r
LEFT JOIN nauvis.deposit_change AS c
  ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
LEFT JOIN nauvis.applied_deposit AS a
  ON
    a.croid = r.croid AND a.deposit_id = r.deposit_id AND a.n = r.n
    AND c.result IN ('created', 'updated', 'warning')
LEFT JOIN catalog.accepted_edit AS h ON h.croid = a.croid AND h.index = a.index
LEFT JOIN catalog.tombstone AS t ON t.croid = h.croid AND t.revision_id = h.revision_id
LEFT JOIN croid.identifier AS i ON i.scheme = 'doi' AND i.value = r.doi AND i.croid = r.croid
WHERE r.deposit_id = @deposit_id AND r.n > @after_n
ORDER BY r.n
LIMIT @limit_count;
