CREATE OR REPLACE VIEW nauvis.applied_deposit AS
SELECT c.croid, c.index, c.deposit_id, c.n, d.received_at
FROM nauvis.deposit_change AS c
JOIN nauvis.deposit AS d ON d.deposit_id = c.deposit_id AND NOT d.is_test
WHERE c.index IS NOT NULL;
COMMENT ON VIEW nauvis.applied_deposit IS 'Which deposit made each change to an object, by the index of the change.';
