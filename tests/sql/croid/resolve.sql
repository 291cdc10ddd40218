-- Only what is live is found by its identifiers; what was merged leads to the survivor.
DO $$
DECLARE
  _one uuid;
  _other uuid;
BEGIN
  SELECT r.croid INTO _one FROM croid.reserve('doi', ARRAY['10.5555/one'], 'release') AS r;
  SELECT r.croid INTO _other FROM croid.reserve('doi', ARRAY['10.5555/other'], 'release') AS r;
  ASSERT croid.resolve('doi', '10.5555/one') IS NULL, 'reserved';
  SET LOCAL session_replication_role = replica;
  INSERT INTO catalog.ident (croid, kind) VALUES (_one, 'release'), (_other, 'release');
  ASSERT croid.resolve('doi', '10.5555/one') IS NULL, 'wip';
  UPDATE catalog.ident SET is_live = true, revision_id = uuidv7() WHERE croid IN (_one, _other);
  ASSERT croid.resolve('doi', '10.5555/one') = _one;
  ASSERT croid.resolve('doi', '10.5555/ONE') IS NULL, 'not in normal form';
  UPDATE catalog.ident SET revision_id = NULL, redirect_to = _other WHERE croid = _one;
  ASSERT croid.resolve('doi', '10.5555/one') = _other, 'merged';
  UPDATE catalog.ident SET revision_id = NULL WHERE croid = _other;
  ASSERT croid.resolve('doi', '10.5555/one') IS NULL, 'merged into what was deleted';
  ASSERT croid.resolve('doi', '10.5555/other') IS NULL, 'deleted';
  ASSERT croid.resolve('doi', '10.5555/unknown') IS NULL;
END
$$;
