CREATE OR REPLACE VIEW nauvis.latest_deposit AS
SELECT DISTINCT ON (r.croid) r.croid, r.deposit_id, r.n, r.byte_offset, r.size_bytes, d.received_at
FROM nauvis.deposit_record AS r
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id AND NOT d.is_test
JOIN nauvis.deposit_change AS c ON c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
WHERE c.result <> 'rejected'
ORDER BY r.croid, r.deposit_id DESC, r.n DESC;
COMMENT ON VIEW nauvis.latest_deposit IS 'The record that was last deposited of each object and taken, and where its bytes lie.';
