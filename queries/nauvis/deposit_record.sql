-- name: deposit_record_list :many
-- The records of a deposit with their verdicts, a page at a time.
SELECT r.n, r.doi, r.croid, c.result::text AS result, c.revision_id, c.index, r.problems::text AS problems,
       c.problems::text AS change_problems, c.patch::text AS patch
FROM nauvis.deposit_record AS r
LEFT JOIN nauvis.deposit_change AS c ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE r.deposit_id = @deposit_id AND r.n > @after_n
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
