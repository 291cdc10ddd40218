CREATE OR REPLACE FUNCTION nauvis.settle(
  _croids uuid[], _deposit_ids uuid[], _ns integer[], _results nauvis.verdict[],
  _revision_ids uuid[], _indexes bigint[], _problems text[], _patches text[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _deposit_id uuid;
BEGIN
  -- In one order everywhere, since two workers may hold records of the same deposits.
  PERFORM FROM (
    SELECT d.deposit_id FROM nauvis.deposit AS d
    WHERE d.deposit_id = ANY (_deposit_ids) ORDER BY d.deposit_id FOR NO KEY UPDATE
  ) AS locked;
  INSERT INTO nauvis.deposit_change (
    croid, deposit_id, n, result, revision_id, index, problems, patch
  )
  SELECT u.croid, u.deposit_id, u.n, u.result, u.revision_id, u.index,
         u.problems::jsonb, u.patch::jsonb
  FROM unnest(_croids, _deposit_ids, _ns, _results, _revision_ids, _indexes, _problems, _patches)
    AS u (croid, deposit_id, n, result, revision_id, index, problems, patch)
  ON CONFLICT DO NOTHING;
  UPDATE nauvis.deposit_record AS r
  SET is_refused = true
  FROM unnest(_croids, _deposit_ids, _ns, _results) AS u (croid, deposit_id, n, result)
  WHERE u.result = 'rejected' AND r.croid = u.croid AND r.deposit_id = u.deposit_id AND r.n = u.n;
  IF EXISTS (SELECT FROM nauvis.handle AS h WHERE h.croid = ANY (_croids)) THEN
    PERFORM nauvis.drop_handles(_croids, _deposit_ids, _ns, _results);
  END IF;
  FOR _deposit_id IN
    SELECT DISTINCT u.deposit_id FROM unnest(_deposit_ids) AS u (deposit_id) ORDER BY 1
  LOOP
    PERFORM nauvis.count_settled(_deposit_id);
  END LOOP;
END
$$;
COMMENT ON FUNCTION nauvis.settle(
  uuid[], uuid[], integer[], nauvis.verdict[], uuid[], bigint[], text[], text[]
) IS 'Write the verdict on each record, in the transaction that made it true.';
