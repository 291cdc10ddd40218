-- Who and what becomes known has the releases looked at that name it, and no others.
DO $$
DECLARE
  _named CONSTANT uuid := uuidv7();
  _other CONSTANT uuid := uuidv7();
  _person CONSTANT uuid := uuidv7();
  _journal CONSTANT uuid := uuidv7();
  _titled CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create,create,create,create,create}',
    ARRAY[_named, _other, _person, _journal, _titled], '{release,release,creator,container,release}', ARRAY[
      '{"DOI": "10.5555/sql.named", "title": ["On salt"], "ISSN": ["1234-5679"]}',
      '{"DOI": "10.5555/sql.other", "title": ["On brine"], "ISSN": ["2049-3630"], "container-title": ["Journal of Salt"]}',
      '{"display_name": "Ann Ng", "orcid": "0000-0002-1825-0097"}',
      '{"name": "Journal of Salt", "issnp": "1234-5679"}',
      '{"DOI": "10.5555/sql.titled", "title": ["On salt"], "container-title": ["journal of salt"]}'
    ], '{}', '{}', '{}', '{}'
  );
  INSERT INTO catalog.contributor (croid, member, position, orcid)
  VALUES (_named, 'author', 1, '0000-0002-1825-0097');
  ASSERT vulcanus.note_named(ARRAY[_named, _other]) = 0, 'releases name nobody new';
  ASSERT vulcanus.note_named(ARRAY[_person]) = 1;
  ASSERT vulcanus.note_named(ARRAY[_journal]) = 2, 'by ISSN, and by title where there is no ISSN';
  UPDATE catalog.contributor AS c SET creator_croid = _person WHERE c.croid = _named;
  UPDATE catalog.release AS r SET container_croid = _journal WHERE r.croid IN (_named, _titled);
  ASSERT vulcanus.note_named(ARRAY[_person, _journal]) = 0, 'it is known already';
  DELETE FROM catalog.creator AS c WHERE c.croid = _person;
  ASSERT vulcanus.note_named(ARRAY[_person]) = 1, 'whoever is gone is named no more';
END
$$;
