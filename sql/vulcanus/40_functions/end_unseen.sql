CREATE OR REPLACE FUNCTION vulcanus.end_unseen(_strategies text[], _after bigint)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  -- Whoever read of a strategy that it was off may have yet to accept what it left out.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('vulcanus.strategy', 0)) THEN
    RETURN false;
  END IF;
  UPDATE vulcanus.strategy AS s
  SET unseen_after = NULL
  WHERE s.strategy = ANY (_strategies) AND s.is_enabled AND s.unseen_after = _after
    AND NOT EXISTS (SELECT FROM catalog.changelog AS c WHERE c.index > _after);
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION vulcanus.end_unseen(text[], bigint) IS 'Note that strategies have seen all, where nobody is at work who may have left them out; true where it is noted.';
