CREATE OR REPLACE FUNCTION nauvis.settle_at_once(_deposit_id uuid)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  INSERT INTO nauvis.deposit_change (croid, deposit_id, n, result, problems)
  SELECT r.croid, r.deposit_id, r.n, 'rejected', r.problems
  FROM nauvis.deposit_record AS r WHERE r.deposit_id = _deposit_id AND r.is_refused;
  INSERT INTO nauvis.deposit_change (croid, deposit_id, n, result, revision_id, index)
  SELECT r.croid, r.deposit_id, r.n, 'unchanged', i.revision_id, before.index
  FROM nauvis.deposit_record AS r
  JOIN catalog.ident AS i ON i.croid = r.croid AND i.state = 'active'
  CROSS JOIN LATERAL (
    SELECT p.sha256, p.state, c.index, c.result
    FROM nauvis.deposit_record AS p
    JOIN nauvis.deposit AS d ON d.deposit_id = p.deposit_id AND NOT d.is_test
    LEFT JOIN nauvis.deposit_change AS c
      ON c.croid = p.croid AND c.deposit_id = p.deposit_id AND c.n = p.n
    WHERE p.croid = r.croid AND (p.deposit_id, p.n) < (r.deposit_id, r.n) AND NOT p.is_refused
    ORDER BY p.deposit_id DESC, p.n DESC LIMIT 1
  ) AS before
  WHERE r.deposit_id = _deposit_id AND NOT r.is_refused
    AND before.sha256 = r.sha256 AND before.result IS NOT NULL
    AND r.expect IS NULL AND r.problems IS NULL AND r.state IS NULL AND before.state IS NULL;
  PERFORM nauvis.count_settled(_deposit_id);
END
$$;
COMMENT ON FUNCTION nauvis.settle_at_once(uuid) IS 'Settle what needs no processing: refused records, and those whose bytes are those of the record deposited before.';
