CREATE OR REPLACE VIEW nauvis.applied_deposit AS
SELECT c.croid, c.index, c.deposit_id, c.n, d.received_at
FROM nauvis.deposit_change AS c
JOIN nauvis.deposit AS d ON d.deposit_id = c.deposit_id AND NOT d.is_test
-- What said the same again later is told the index of what it found.
JOIN catalog.changelog AS l ON l.index = c.index AND l.accepted_at >= d.received_at;
COMMENT ON VIEW nauvis.applied_deposit IS 'Which deposits are in a change to an object, by the index of the change.';
