CREATE OR REPLACE FUNCTION vulcanus.decide_merge(
  _croid uuid, _into_croid uuid, _is_accepted boolean, _editor_id uuid
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _proposal vulcanus.merge_proposal;
  _index bigint;
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  SELECT p.* INTO _proposal FROM vulcanus.merge_proposal AS p
  WHERE p.croid = _croid AND p.into_croid = _into_croid FOR UPDATE;
  IF _proposal.croid IS NULL THEN
    PERFORM platform.raise_error('no-such-proposal', format('%s into %s', croid.encode(_croid), croid.encode(_into_croid)));
  ELSIF _proposal.is_accepted IS NOT NULL THEN
    PERFORM platform.raise_error('proposal-decided', format('%s into %s', croid.encode(_croid), croid.encode(_into_croid)));
  END IF;
  IF _is_accepted THEN
    SELECT a.index INTO _index
    FROM catalog.apply_edits(
      _editor_id, format('merge of duplicates: %s', _proposal.rule), NULL, NULL,
      ARRAY['redirect']::catalog.edit_action[], ARRAY[_croid],
      ARRAY[(SELECT i.kind FROM catalog.ident AS i WHERE i.croid = _croid)],
      ARRAY[NULL]::text[], ARRAY[_into_croid], ARRAY[NULL]::uuid[], ARRAY[NULL]::uuid[],
      ARRAY[NULL]::text[]
    ) AS a;
  END IF;
  UPDATE vulcanus.merge_proposal AS p
  SET is_accepted = _is_accepted, decided_by = _editor_id, decided_at = now(), index = _index
  WHERE p.croid = _croid AND p.into_croid = _into_croid;
  RETURN _index;
END
$$;
COMMENT ON FUNCTION vulcanus.decide_merge(uuid, uuid, boolean, uuid) IS 'Merge two objects as proposed, in the name of an admin, or keep them apart for good; returns the index of the merge.';
