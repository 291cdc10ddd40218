CREATE OR REPLACE FUNCTION catalog.check_redirects(_editgroup_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _stale text;
BEGIN
  -- The objects are locked with their targets: what is found here holds until commit.
  WITH merged AS (
    SELECT e.croid, e.redirect_to FROM catalog.edit AS e
    WHERE e.editgroup_id = _editgroup_id AND e.redirect_to IS NOT NULL
  ),
  chained AS (
    SELECT m.croid FROM merged AS m
    JOIN catalog.ident AS t ON t.croid = m.redirect_to
    LEFT JOIN catalog.edit AS e ON e.croid = t.croid AND e.editgroup_id = _editgroup_id
    WHERE CASE
      WHEN e.croid IS NULL THEN t.is_redirect OR NOT t.is_live
      ELSE e.redirect_to IS NOT NULL
    END
    UNION
    SELECT m.croid FROM merged AS m
    JOIN catalog.ident AS o ON o.redirect_to = m.croid
    LEFT JOIN catalog.edit AS e ON e.croid = o.croid AND e.editgroup_id = _editgroup_id
    WHERE e.croid IS NULL
  )
  SELECT string_agg(croid.encode(c.croid), ' ' ORDER BY c.croid) INTO _stale FROM chained AS c;
  IF _stale IS NOT NULL THEN
    PERFORM platform.raise_error('stale-base', _stale);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_redirects(uuid) IS 'Refuse merges that would lead on from object to object, since what they lead to, or what leads to them, changed meanwhile.';
