CREATE OR REPLACE FUNCTION nauvis.add_alias(_editor_id uuid, _doi text, _alias text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _target record;
  _other record;
  _old uuid;
BEGIN
  IF _doi = _alias THEN
    PERFORM platform.raise_error('bad-alias', 'a DOI is no alias of itself');
  END IF;
  PERFORM nauvis.check_owner(_editor_id, ARRAY[_doi, _alias]);
  -- In one order, whichever is the alias.
  PERFORM nauvis.hold_dois(ARRAY[_doi, _alias]);
  PERFORM croid.lock(ARRAY(
    SELECT i.croid FROM croid.identifier AS i
    WHERE i.scheme = 'doi' AND i.value IN (_doi, _alias)
  ));
  SELECT o.* INTO _target FROM nauvis.hold_own(_editor_id, _doi) AS o;
  SELECT o.* INTO _other FROM nauvis.hold_own(_editor_id, _alias) AS o;
  SELECT h.alias_of INTO _old FROM nauvis.handle AS h WHERE h.croid = _other.croid;
  IF _target.state IS NULL OR EXISTS (
    SELECT FROM nauvis.handle AS h WHERE h.croid = _target.croid AND h.alias_of IS NOT NULL
  ) THEN
    PERFORM platform.raise_error('no-such-doi', _doi);
  ELSIF _target.state = 'draft' THEN
    PERFORM platform.raise_error('bad-alias', format('%s is a draft', _doi));
  ELSIF _old = _target.croid THEN
    RETURN false;
  ELSIF _other.state = 'findable' OR _old IS NOT NULL OR EXISTS (
    SELECT FROM catalog.ident AS i WHERE i.croid = _other.croid AND i.state = 'redirect'
  ) THEN
    PERFORM platform.raise_error('alias-in-use', format('%s names an object', _alias));
  END IF;
  SELECT r.croid INTO _other.croid FROM croid.reserve('doi', ARRAY[_alias], 'release') AS r;
  INSERT INTO nauvis.handle AS h (croid, doi, state, member_id, alias_of, registered_at)
  VALUES (
    _other.croid, _alias, _other.state, _target.member_id, _target.croid,
    CASE WHEN _other.state = 'registered' THEN clock_timestamp() END
  )
  ON CONFLICT (croid) DO UPDATE SET alias_of = excluded.alias_of, updated_at = clock_timestamp();
  -- One hop: what led to the alias leads to where it leads now.
  UPDATE nauvis.handle AS h SET alias_of = _target.croid, updated_at = clock_timestamp()
  WHERE h.alias_of = _other.croid;
  RETURN true;
END
$$;
COMMENT ON FUNCTION nauvis.add_alias(uuid, text, text) IS 'Let another DOI of the editor''s member, one that names nothing findable, lead to this one; false where it does already.';
