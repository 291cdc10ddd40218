CREATE OR REPLACE FUNCTION catalog.note_token(_token_id uuid)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  UPDATE catalog.token AS t SET last_used_at = clock_timestamp()
  WHERE t.token_id IN (
    SELECT k.token_id FROM catalog.token AS k
    WHERE k.token_id = _token_id
      AND (k.last_used_at > clock_timestamp() - INTERVAL '1 minute') IS NOT TRUE
    -- Of those who use it at once one notes it, and nobody waits.
    FOR NO KEY UPDATE SKIP LOCKED
  )
$$;
COMMENT ON FUNCTION catalog.note_token(uuid) IS 'Note that a token was shown now, at most once a minute.';
