CREATE OR REPLACE FUNCTION catalog.redact_revision(
  _croid uuid, _revision_id uuid, _editor_id uuid, _reason text
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _current uuid;
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  IF (_reason <> '') IS NOT TRUE THEN
    PERFORM platform.raise_error('bad-edit', 'a redaction has a reason');
  END IF;
  -- Waits for those who are proposing something for this object, and holds off the next.
  SELECT i.revision_id INTO _current FROM catalog.ident AS i WHERE i.croid = _croid FOR UPDATE;
  IF NOT EXISTS (
    SELECT FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
    WHERE e.croid = _croid AND e.revision_id = _revision_id
  ) THEN
    PERFORM platform.raise_error('no-such-revision', format('%s of %s', _revision_id, croid.encode(_croid)));
  ELSIF _current = _revision_id THEN
    PERFORM platform.raise_error('wrong-state', 'the revision is the current one: replace it or delete the object first');
  ELSIF EXISTS (
    SELECT FROM catalog.edit AS e JOIN catalog.editgroup AS g ON g.editgroup_id = e.editgroup_id
    WHERE e.croid = _croid AND e.revision_id = _revision_id AND g.status IN ('open', 'submitted')
  ) THEN
    PERFORM platform.raise_error('wrong-state', 'an editgroup would bring the revision back: withdraw it first');
  END IF;
  INSERT INTO catalog.redaction (croid, revision_id, redacted_by, reason)
  VALUES (_croid, _revision_id, _editor_id, _reason) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('redacted', format('%s of %s', _revision_id, croid.encode(_croid)));
  END IF;
  UPDATE catalog.revision AS r
  SET body = jsonb_build_object('redacted', jsonb_build_object('reason', _reason, 'at', now())), parts = '{}'
  WHERE r.croid = _croid AND r.revision_id = _revision_id;
  DELETE FROM catalog.part AS p
  WHERE p.croid = _croid AND NOT EXISTS (
    SELECT FROM catalog.revision AS r WHERE r.croid = p.croid AND p.sha256 = ANY (r.parts)
  );
END
$$;
COMMENT ON FUNCTION catalog.redact_revision(uuid, uuid, uuid, text) IS 'Take the content of an old revision away for good and put a tombstone in its place; who did it, when and why is kept in catalog.redaction, and the hash stays.';
