CREATE OR REPLACE FUNCTION catalog.apply_edits(
  _editor_id uuid, _description text, _extra jsonb, _idempotency_key text,
  _actions catalog.edit_action[], _croids uuid[], _kinds catalog.kind[], _bodies text[],
  _targets uuid[], _revision_ids uuid[], _expected_ids uuid[], _extras text[]
)
RETURNS TABLE (editgroup_id uuid, index bigint, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _sha256 CONSTANT bytea := sha256(convert_to(row(
    _description, _extra, _actions, _croids, _kinds, _bodies, _targets, _revision_ids,
    _expected_ids, _extras
  )::text, 'UTF8'));
  _opened record;
  _index bigint;
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  SELECT o.* INTO _opened
  FROM catalog.open_editgroup(_editor_id, _description, _extra, _idempotency_key) AS o;
  IF _opened.is_new THEN
    UPDATE catalog.editgroup AS g
    SET request_sha256 = _sha256 WHERE g.editgroup_id = _opened.editgroup_id;
    PERFORM catalog.add_edits(
      _opened.editgroup_id, _editor_id, _actions, _croids, _kinds, _bodies, _targets,
      _revision_ids, _expected_ids, _extras
    );
    _index := catalog.accept(_opened.editgroup_id, _editor_id);
  ELSE
    SELECT l.index INTO _index
    FROM catalog.editgroup AS g JOIN catalog.changelog AS l ON l.editgroup_id = g.editgroup_id
    WHERE g.editgroup_id = _opened.editgroup_id AND g.request_sha256 = _sha256;
    IF _index IS NULL THEN
      PERFORM platform.raise_error('editgroup-key-reused', format('it made editgroup %s', _opened.editgroup_id));
    END IF;
  END IF;
  RETURN QUERY SELECT _opened.editgroup_id, _index, _opened.is_new::boolean;
END
$$;
COMMENT ON FUNCTION catalog.apply_edits(
  uuid, text, jsonb, text, catalog.edit_action[], uuid[], catalog.kind[], text[], uuid[], uuid[],
  uuid[], text[]
) IS 'Open an editgroup, fill it and accept it at one go, as an admin; the same key with the same request gives the first one''s index and changes nothing.';
