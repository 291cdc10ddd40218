-- The rows of what is live are made of the body alone and can be made again at any time.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _release CONSTANT uuid := uuidv7();
  _organisation CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_release], '{release}', ARRAY['{
      "DOI": "10.5555/p", "title": ["T"], "author": [{"family": "Ng", "affiliation": [{"name": "X"}]}],
      "funder": [{"name": "F"}], "license": [{"URL": "https://example.org"}],
      "reference": [{"key": "1", "DOI": "10.5555/q"}, {"key": "2"}]
    }'], '{}', '{}', '{}', '{}'
  );
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_organisation], '{organisation}', ARRAY['{
      "id": "https://ror.org/05gq02987", "status": "active", "names": [{"value": "N", "types": ["ror_display"]}]
    }'], '{}', '{}', '{}', '{}'
  );

  PERFORM catalog.clear_releases(ARRAY[_release, _organisation]);
  DELETE FROM catalog.organisation WHERE croid = _organisation;
  ASSERT NOT EXISTS (SELECT FROM catalog.release WHERE croid = _release);
  ASSERT NOT EXISTS (SELECT FROM catalog.contributor WHERE croid = _release);
  ASSERT NOT EXISTS (SELECT FROM catalog.reference WHERE croid = _release);
  DELETE FROM croid.identifier WHERE croid IN (_release, _organisation);

  PERFORM catalog.project(ARRAY[_release, _organisation]);
  PERFORM catalog.project(ARRAY[_release, _organisation]);
  ASSERT (SELECT title = 'T' AND reference_count = 2 FROM catalog.release WHERE croid = _release);
  ASSERT (SELECT count(*) FROM catalog.contributor WHERE croid = _release) = 1;
  ASSERT (SELECT count(*) FROM catalog.affiliation WHERE croid = _release) = 1;
  ASSERT (SELECT count(*) FROM catalog.funding WHERE croid = _release) = 1;
  ASSERT (SELECT count(*) FROM catalog.licence WHERE croid = _release) = 1;
  ASSERT (SELECT array_agg(doi) FROM catalog.reference WHERE croid = _release) = ARRAY['10.5555/q'];
  ASSERT (SELECT ror = '05gq02987' AND name = 'N' FROM catalog.organisation WHERE croid = _organisation);
  ASSERT (SELECT array_agg(name) FROM catalog.organisation_name WHERE croid = _organisation) = ARRAY['N'];
  ASSERT croid.resolve('doi', '10.5555/p') = _release;
  ASSERT croid.resolve('ror', '05gq02987') = _organisation;

  -- Each by itself; what is not live has no rows.
  PERFORM catalog.project_releases(ARRAY[_release, uuidv7()]);
  PERFORM catalog.project_organisations(ARRAY[_organisation, uuidv7()]);
  ASSERT (SELECT count(*) FROM catalog.release WHERE croid = _release) = 1;
  ASSERT (SELECT count(*) FROM catalog.organisation WHERE croid = _organisation) = 1;
END
$$;

-- An identifier has one holder.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
  _detail text;
BEGIN
  INSERT INTO catalog.revision (croid, revision_id, kind, body, content_hash)
  SELECT u.croid, u.croid, 'release', '{"DOI": "10.5555/twice"}', '' FROM unnest(_croids) AS u (croid);
  INSERT INTO catalog.ident (croid, kind, is_live, revision_id)
  SELECT u.croid, 'release', true, u.croid FROM unnest(_croids) AS u (croid);
  PERFORM catalog.project_identifiers('release', _croids[1:1]);
  ASSERT croid.resolve('doi', '10.5555/twice') = _croids[1];
  BEGIN
    PERFORM catalog.project_identifiers('release', _croids[2:2]);
    RAISE EXCEPTION 'both have it';
  EXCEPTION WHEN SQLSTATE 'NX203' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = 'doi:10.5555/twice', _detail;
  END;
  UPDATE catalog.ident SET revision_id = NULL WHERE croid = _croids[1];
  PERFORM catalog.project_identifiers('release', _croids[1:1]);
  PERFORM catalog.project_identifiers('release', _croids[2:2]);
  ASSERT croid.resolve('doi', '10.5555/twice') = _croids[2];
END
$$;
