CREATE OR REPLACE FUNCTION nauvis.delete_doi(
  _editor_id uuid, _doi text, _expected_id uuid,
  OUT was nauvis.doi_state, OUT index bigint
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _own record;
  _now uuid;
BEGIN
  SELECT o.* INTO _own FROM nauvis.hold_own(_editor_id, _doi) AS o;
  IF _own.state IS NULL OR EXISTS (
    SELECT FROM nauvis.handle AS h WHERE h.croid = _own.croid AND h.alias_of IS NOT NULL
  ) THEN
    PERFORM platform.raise_error('no-such-doi', _doi);
  ELSIF EXISTS (
    SELECT FROM nauvis.handle AS h WHERE h.croid = _own.croid AND h.deleted_at IS NOT NULL
  ) THEN
    PERFORM platform.raise_error('doi-deleted', _doi);
  ELSIF EXISTS (
    SELECT FROM catalog.ident AS i WHERE i.croid = _own.croid AND i.state = 'redirect'
  ) THEN
    PERFORM platform.raise_error('wrong-doi-state', format('%s was merged into another', _doi));
  END IF;
  SELECT i.revision_id INTO _now FROM catalog.hold_idents(ARRAY[_own.croid]) AS i;
  IF _expected_id <> _now OR (_now IS NULL AND _expected_id IS NOT NULL) THEN
    PERFORM platform.raise_error('precondition-failed', format('%s was changed just now', _doi));
  END IF;
  was := _own.state;
  IF was = 'draft' THEN
    DELETE FROM nauvis.handle AS h WHERE h.croid = _own.croid;
    PERFORM croid.free(ARRAY[_own.croid]);
    RETURN;
  END IF;
  index := nauvis.hide(ARRAY[_own.croid], _editor_id, format('%s deleted by its owner', _doi));
  INSERT INTO nauvis.handle AS h (croid, doi, state, member_id, registered_at, deleted_at)
  VALUES (
    _own.croid, _doi, 'registered', _own.member_id, clock_timestamp(), clock_timestamp()
  )
  ON CONFLICT (croid) DO UPDATE
  SET deleted_at = clock_timestamp(), updated_at = clock_timestamp();
END
$$;
COMMENT ON FUNCTION nauvis.delete_doi(uuid, text, uuid) IS 'Delete a DOI of the editor''s member: a draft is gone and free, what was registered leaves a tombstone. Returns what it was and the index of the change, if the catalogue had it; refuses where its revision is another than expected.';
