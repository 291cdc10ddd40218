CREATE OR REPLACE FUNCTION vulcanus.take_unseen(
  _strategies text[], _limit integer, OUT _croids uuid[], OUT _is_more boolean
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _after bigint;
  _until bigint;
BEGIN
  _croids := '{}';
  -- Held, so that nobody switches them while they look.
  SELECT min(s.unseen_after) INTO _after FROM (
    SELECT t.unseen_after FROM vulcanus.strategy AS t
    WHERE t.strategy = ANY (_strategies) AND t.is_enabled AND t.unseen_after IS NOT NULL
    ORDER BY t.strategy FOR UPDATE
  ) AS s;
  IF _after IS NULL OR platform.is_replica() THEN
    _is_more := false;
    RETURN;
  END IF;
  SELECT max(a.index) INTO _until FROM (
    SELECT c.index, sum(c.edit_count) OVER (ORDER BY c.index) - c.edit_count AS edits_before
    FROM catalog.changelog AS c
    WHERE c.index > _after ORDER BY c.index LIMIT _limit
  ) AS a
  WHERE a.edits_before < _limit;
  IF _until IS NULL THEN
    _is_more := vulcanus.end_unseen(_strategies, _after);
    RETURN;
  END IF;
  SELECT coalesce(array_agg(DISTINCT u.croid), '{}') INTO _croids
  FROM vulcanus.unseen AS u
  WHERE u.strategy = ANY (_strategies) AND u.index > _after AND u.index <= _until;
  UPDATE vulcanus.strategy AS s
  SET unseen_after = _until
  WHERE s.strategy = ANY (_strategies) AND s.is_enabled AND s.unseen_after < _until;
  _is_more := true;
END
$$;
COMMENT ON FUNCTION vulcanus.take_unseen(text[], integer) IS 'The next objects that some of these strategies have not seen, and whether there may be more: whoever takes them looks at them before the transaction ends.';
