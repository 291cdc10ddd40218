CREATE OR REPLACE FUNCTION fulgora.begin_release(_source text, _label text)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _release_no integer;
BEGIN
  -- One release of a source is loaded at a time: the lock is the source's row, until commit.
  PERFORM FROM fulgora.source AS s WHERE s.source = _source FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-source', _source);
  END IF;
  INSERT INTO fulgora.release (source, release_no, label)
  SELECT _source, coalesce(max(r.release_no), 0) + 1, _label
  FROM fulgora.release AS r WHERE r.source = _source
  RETURNING release_no INTO _release_no;
  RETURN _release_no;
END
$$;
COMMENT ON FUNCTION fulgora.begin_release(text, text) IS 'Open the next release of a source; nobody else loads that source until the transaction ends.';
