CREATE OR REPLACE FUNCTION vulcanus.propose_merges(
  _examined uuid[], _croids uuid[], _into_croids uuid[], _rules text[], _confidences real[],
  _evidences text[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  DELETE FROM vulcanus.merge_proposal AS p
  WHERE (p.croid = ANY (_examined) OR p.into_croid = ANY (_examined)) AND p.is_accepted IS NULL
    AND NOT EXISTS (
      SELECT FROM unnest(_croids, _into_croids) AS u (croid, into_croid)
      WHERE u.croid = p.croid AND u.into_croid = p.into_croid
    );
  INSERT INTO vulcanus.merge_proposal AS p (croid, into_croid, rule, confidence, evidence)
  SELECT u.croid, u.into_croid, u.rule, u.confidence, u.evidence::jsonb
  FROM unnest(_croids, _into_croids, _rules, _confidences, _evidences)
    AS u (croid, into_croid, rule, confidence, evidence)
  ORDER BY 1, 2
  ON CONFLICT (croid, into_croid) DO UPDATE SET
    rule = excluded.rule, confidence = excluded.confidence, evidence = excluded.evidence
  WHERE p.is_accepted IS NULL;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.propose_merges(uuid[], uuid[], uuid[], text[], real[], text[]) IS 'Propose to merge objects, in place of what was proposed of the examined ones; what a person decided stays.';
