CREATE OR REPLACE FUNCTION nauvis.drop_handles(
  _croids uuid[], _deposit_ids uuid[], _ns integer[], _results nauvis.verdict[]
)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  DELETE FROM nauvis.handle AS h
  USING unnest(_croids, _deposit_ids, _ns, _results) AS u (croid, deposit_id, n, result),
    nauvis.deposit_record AS r, nauvis.deposit AS d
  WHERE h.croid = u.croid AND u.result <> 'rejected'
    AND r.croid = u.croid AND r.deposit_id = u.deposit_id AND r.n = u.n AND r.state IS NULL
    AND d.deposit_id = u.deposit_id AND NOT d.is_test
    AND nauvis.state_of(h.croid) = 'findable';
$$;
COMMENT ON FUNCTION nauvis.drop_handles(uuid[], uuid[], integer[], nauvis.verdict[]) IS 'Forget the handles of objects that these records made findable: the catalogue has them now.';
