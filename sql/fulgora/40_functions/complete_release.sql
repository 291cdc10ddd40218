CREATE OR REPLACE FUNCTION fulgora.complete_release(
  _source text, _release_no integer, _problem_count integer
)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _changed integer;
BEGIN
  UPDATE fulgora.release AS r
  SET state = 'complete', completed_at = clock_timestamp(), problem_count = _problem_count
  WHERE r.source = _source AND r.release_no = _release_no
  RETURNING r.changed_count + r.removed_count INTO _changed;
  IF _changed = 0 THEN
    DELETE FROM fulgora.release AS r WHERE r.source = _source AND r.release_no = _release_no;
    RETURN false;
  END IF;
  -- Both commit or neither does. The event names no object: which keys changed is read from the
  -- release.
  PERFORM platform.announce('source-released', '{}');
  RETURN true;
END
$$;
COMMENT ON FUNCTION fulgora.complete_release(text, integer, integer) IS 'Close a release and announce it; one that changed nothing leaves no trace, and false is returned.';
