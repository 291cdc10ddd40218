CREATE OR REPLACE FUNCTION catalog.check_bases(_editgroup_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _stale text;
BEGIN
  SELECT string_agg(croid.encode(e.croid), ' ' ORDER BY e.croid) INTO _stale
  FROM catalog.edit AS e LEFT JOIN catalog.ident AS i ON i.croid = e.croid
  WHERE e.editgroup_id = _editgroup_id
    AND (i.revision_id, i.redirect_to, i.croid)
      IS DISTINCT FROM (e.previous_revision_id, e.previous_redirect_to, e.croid);
  IF _stale IS NOT NULL THEN
    PERFORM platform.raise_error('stale-base', _stale);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_bases(uuid) IS 'Refuse an editgroup whose objects changed since it was proposed; the detail lists their CROIDs.';
