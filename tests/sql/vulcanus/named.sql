-- Who and what becomes known has the releases looked at that name it, and no others.
DO $$
DECLARE
  _named CONSTANT uuid := uuidv7();
  _other CONSTANT uuid := uuidv7();
  _person CONSTANT uuid := uuidv7();
  _journal CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create,create,create,create}',
    ARRAY[_named, _other, _person, _journal], '{release,release,creator,container}', ARRAY[
      '{"DOI": "10.5555/sql.named", "title": ["On salt"], "ISSN": ["1234-5679"]}',
      '{"DOI": "10.5555/sql.other", "title": ["On brine"], "ISSN": ["2049-3630"]}',
      '{"display_name": "Ann Ng", "orcid": "0000-0002-1825-0097"}',
      '{"name": "Journal of Salt", "issnp": "1234-5679"}'
    ], '{}', '{}', '{}', '{}'
  );
  INSERT INTO catalog.contributor (croid, member, position, orcid)
  VALUES (_named, 'author', 1, '0000-0002-1825-0097');
  ASSERT vulcanus.note_named(ARRAY[_named, _other]) = 0, 'releases name nobody new';
  ASSERT vulcanus.note_named(ARRAY[_person]) = 1;
  ASSERT vulcanus.note_named(ARRAY[_journal]) = 1;
  UPDATE catalog.contributor AS c SET creator_croid = _person WHERE c.croid = _named;
  UPDATE catalog.release AS r SET container_croid = _journal WHERE r.croid = _named;
  ASSERT vulcanus.note_named(ARRAY[_person, _journal]) = 0, 'it is known already';
  DELETE FROM catalog.creator AS c WHERE c.croid = _person;
  ASSERT vulcanus.note_named(ARRAY[_person]) = 1, 'whoever is gone is named no more';
END
$$;
