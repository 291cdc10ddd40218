CREATE OR REPLACE FUNCTION catalog.revert_editgroup(
  _editgroup_id uuid, _editor_id uuid, _description text DEFAULT NULL,
  _idempotency_key text DEFAULT NULL
)
RETURNS TABLE (editgroup_id uuid, status catalog.editgroup_status, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _index bigint;
  _changed text;
  _opened record;
BEGIN
  SELECT l.index INTO _index FROM catalog.changelog AS l WHERE l.editgroup_id = _editgroup_id;
  IF _index IS NULL THEN
    PERFORM platform.raise_error('no-such-editgroup', format('%s was never accepted', _editgroup_id));
  END IF;
  SELECT o.* INTO _opened FROM catalog.open_editgroup(
    _editor_id, coalesce(_description, 'undo of index ' || _index),
    jsonb_build_object('reverts', _editgroup_id), _idempotency_key
  ) AS o;
  IF _opened.is_new THEN
    SELECT string_agg(croid.encode(e.croid), ' ' ORDER BY e.croid) INTO _changed
    FROM catalog.edit AS e
    WHERE e.editgroup_id = _editgroup_id AND EXISTS (
      SELECT FROM catalog.edit AS f JOIN catalog.changelog AS l ON l.editgroup_id = f.editgroup_id
      WHERE f.croid = e.croid AND l.index > _index
    );
    IF _changed IS NOT NULL THEN
      PERFORM platform.raise_error('stale-base', _changed);
    END IF;
    PERFORM catalog.add_edits(
      _opened.editgroup_id, _editor_id, array_agg(CASE
        WHEN e.previous_redirect_to IS NOT NULL THEN 'redirect'
        WHEN e.previous_revision_id IS NOT NULL THEN 'revert'
        ELSE 'delete'
      END::catalog.edit_action),
      array_agg(e.croid), array_agg(e.kind), array_agg(NULL::text),
      array_agg(e.previous_redirect_to), array_agg(e.previous_revision_id),
      array_agg(NULL::uuid), array_agg(NULL::text)
    )
    FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id
    HAVING count(*) > 0;
  END IF;
  RETURN QUERY SELECT _opened.editgroup_id, _opened.status, _opened.is_new;
END
$$;
COMMENT ON FUNCTION catalog.revert_editgroup(uuid, uuid, text, text) IS 'Open an editgroup that undoes an accepted one: what it created is deleted, all else goes back to what it was. Refused where an object changed since.';
