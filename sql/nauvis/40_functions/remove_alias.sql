CREATE OR REPLACE FUNCTION nauvis.remove_alias(_editor_id uuid, _doi text, _alias text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _target uuid;
  _handle nauvis.handle;
BEGIN
  PERFORM nauvis.check_owner(_editor_id, ARRAY[_doi, _alias]);
  PERFORM nauvis.hold_dois(ARRAY[_doi, _alias]);
  SELECT i.croid INTO _target FROM croid.identifier AS i WHERE i.scheme = 'doi' AND i.value = _doi;
  SELECT h.* INTO _handle FROM nauvis.handle AS h
  WHERE h.doi = _alias AND h.alias_of = _target FOR UPDATE;
  IF _handle.croid IS NULL THEN
    PERFORM platform.raise_error('no-such-alias', format('%s is no alias of %s', _alias, _doi));
  ELSIF _handle.state IS NULL THEN
    DELETE FROM nauvis.handle AS h WHERE h.croid = _handle.croid;
    PERFORM croid.free(ARRAY[_handle.croid]);
  ELSE
    UPDATE nauvis.handle AS h SET alias_of = NULL, updated_at = clock_timestamp()
    WHERE h.croid = _handle.croid;
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.remove_alias(uuid, text, text) IS 'Let an alias lead to another DOI no longer: it is what it was before, and free if it was nothing.';
