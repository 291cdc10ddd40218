-- A name leads to its object, to the survivor of a merger, and of what was deleted to that.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _one uuid;
  _two uuid;
  _told record;
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create, create}', '{}', '{release, release}', ARRAY[
      '{"DOI": "10.5555/r.1", "title": ["One"], "resource": {"primary": {"URL": "https://example.org/1"}}}',
      '{"DOI": "10.5555/r.2", "title": ["Two"]}'
    ], '{}', '{}', '{}', '{}'
  );
  SELECT croid INTO _one FROM croid.identifier WHERE scheme = 'doi' AND value = '10.5555/r.1';
  SELECT croid INTO _two FROM croid.identifier WHERE scheme = 'doi' AND value = '10.5555/r.2';
  SELECT * INTO _told FROM nauvis.resolve('10.5555/r.1');
  ASSERT (_told.named_croid, _told.croid, _told.kind, _told.state, _told.doi, _told.title)
    = (_one, _one, 'release', 'findable', '10.5555/r.1', 'One');
  ASSERT _told.resource #>> '{primary,URL}' = 'https://example.org/1' AND _told.changed_at IS NOT NULL;
  ASSERT NOT EXISTS (SELECT FROM nauvis.resolve('10.5555/r.3')), 'nothing is registered';
  ASSERT NOT EXISTS (SELECT FROM nauvis.resolve('10.5555/R.1')), 'the normal form alone';
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{redirect}', ARRAY[_two], '{release}', ARRAY[NULL]::text[], ARRAY[_one],
    ARRAY[NULL]::uuid[], ARRAY[NULL]::uuid[], ARRAY[NULL]::text[]
  );
  SELECT * INTO _told FROM nauvis.locate(_two);
  ASSERT (_told.named_croid, _told.croid, _told.title) = (_two, _one, 'One'), 'merged';
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{delete}', ARRAY[_one], '{release}', ARRAY[NULL]::text[], ARRAY[NULL]::uuid[],
    ARRAY[NULL]::uuid[], ARRAY[NULL]::uuid[], ARRAY[NULL]::text[]
  );
  SELECT * INTO _told FROM nauvis.resolve('10.5555/r.1');
  ASSERT (_told.croid, _told.state) = (_one, 'deleted') AND _told.resource IS NULL, 'deleted';
END
$$;

-- What the catalogue does not hold: drafts, registered DOIs, aliases.
DO $$
DECLARE
  _alias uuid;
  _draft uuid;
  _hidden uuid;
  _told record;
BEGIN
  SELECT r.croid INTO _hidden FROM croid.reserve('doi', ARRAY['10.5555/h.1'], 'release') AS r;
  SELECT r.croid INTO _draft FROM croid.reserve('doi', ARRAY['10.5555/h.2'], 'release') AS r;
  SELECT r.croid INTO _alias FROM croid.reserve('doi', ARRAY['10.5555/h.3'], 'release') AS r;
  INSERT INTO nauvis.handle (croid, doi, state, url, locations, alias_of, registered_at) VALUES
  (_hidden, '10.5555/h.1', 'registered', 'https://example.org/h', '[{"URL": "https://b.example.org/"}]', NULL, now()),
  (_draft, '10.5555/h.2', 'draft', 'https://example.org/d', NULL, NULL, NULL),
  (_alias, '10.5555/h.3', NULL, NULL, NULL, _hidden, NULL);
  SELECT * INTO _told FROM nauvis.resolve('10.5555/h.1');
  ASSERT (_told.croid, _told.state, _told.doi, _told.kind) = (_hidden, 'registered', '10.5555/h.1', 'release');
  ASSERT _told.resource #>> '{primary,URL}' = 'https://example.org/h'
    AND _told.resource #>> '{secondary,0,URL}' = 'https://b.example.org/';
  ASSERT NOT EXISTS (SELECT FROM nauvis.resolve('10.5555/h.2')), 'a draft leads nowhere';
  SELECT * INTO _told FROM nauvis.resolve('10.5555/h.3');
  ASSERT (_told.named_croid, _told.croid, _told.doi) = (_alias, _hidden, '10.5555/h.1'), 'an alias leads to its object';
  UPDATE nauvis.handle SET deleted_at = now() WHERE croid = _hidden;
  ASSERT (SELECT state FROM nauvis.resolve('10.5555/h.1')) = 'deleted';
END
$$;
