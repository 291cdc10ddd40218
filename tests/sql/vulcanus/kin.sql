-- What records and sources say of updates is kept, and both sides are looked at.
DO $$
DECLARE
  _work CONSTANT uuid := uuidv7();
  _notice CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create,create}', ARRAY[_work, _notice], '{release,release}', ARRAY[
      '{"DOI": "10.5555/sql.work", "title": ["On salt"]}',
      '{"DOI": "10.5555/sql.notice", "update-to": [{"DOI": "10.5555/SQL.work", "type": "Retracted"}]}'
    ], '{}', '{}', '{}', '{}'
  );
  ASSERT vulcanus.note_updates(ARRAY[_notice]) = 1;
  ASSERT (
    SELECT (c.original_doi, c.notice_doi, c.update_type) FROM vulcanus.update_claim AS c WHERE c.croid = _notice
  ) = ('10.5555/sql.work'::text, '10.5555/sql.notice'::text, 'retraction'::text);
  ASSERT vulcanus.store_update_claims(
    'retraction-watch', ARRAY[_work], ARRAY[_work, _work], '{1,2}', '{10.5555/sql.work,no doi}',
    '{10.5555/sql.notice,NULL}', '{Retraction,Retraction}', '{2020-01-01,NULL}'
  ) = 1;
  ASSERT (SELECT count(*) FROM vulcanus.update_claim AS c WHERE c.croid = _work) = 1;
  ASSERT vulcanus.note_updates(ARRAY[_work]) = 1;
  ASSERT vulcanus.ask_updates(ARRAY[_work, _notice]) = 0, 'no source tells of them';
  PERFORM vulcanus.store_update_claims('retraction-watch', ARRAY[_work], '{}', '{}', '{}', '{}', '{}', '{}');
  ASSERT NOT EXISTS (SELECT FROM vulcanus.update_claim AS c WHERE c.croid = _work);
END
$$;

-- Kin is who is named, who names, and who has the same title; a person decides on duplicates, once.
DO $$
DECLARE
  _one CONSTANT uuid := uuidv7();
  _two CONSTANT uuid := uuidv7();
  _admin uuid;
  _says CONSTANT text := '{"DOI": "10.5555/sql.%s", "title": ["Salt and brine and herring and cod"]%s}';
BEGIN
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create,create}', ARRAY[_one, _two], '{release,release}', ARRAY[
      format(_says, 'one', ''),
      format(_says, 'two', ', "relation": {"is-version-of": [{"id-type": "doi", "id": "10.5555/sql.one"}]}')
    ], '{}', '{}', '{}', '{}'
  );
  PERFORM vulcanus.index_citables(ARRAY[_one, _two]);
  ASSERT vulcanus.note_kin(ARRAY[_two]) = 2;
  ASSERT (
    SELECT array_agg(coalesce(k.relation_type, '-') ORDER BY k.relation_type)
    FROM vulcanus.list_kin(ARRAY[_one]) AS k WHERE k.other = _two
  ) = '{has-version,-}';
  ASSERT vulcanus.propose_merges(ARRAY[_one], ARRAY[_two], ARRAY[_one], '{x}', '{0.5}', '{"{}"}') = 1;
  INSERT INTO catalog.editor (username, role) VALUES ('sql-judge', 'admin') RETURNING editor_id INTO _admin;
  ASSERT vulcanus.decide_merge(_two, _one, true, _admin) IS NOT NULL;
  ASSERT (SELECT i.redirect_to FROM catalog.ident AS i WHERE i.croid = _two) = _one;
  ASSERT vulcanus.propose_merges(ARRAY[_one], '{}', '{}', '{}', '{}', '{}') = 0;
  ASSERT (SELECT p.is_accepted FROM vulcanus.merge_proposal AS p WHERE p.croid = _two), 'what was decided stays';
END
$$;

-- Organisations that no row calls one are not proposed; that others are is for a release to tell.
DO $$
DECLARE
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
BEGIN
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create,create}', _croids, '{organisation,organisation}', ARRAY[
      '{"id": "https://ror.org/052gg0110", "status": "active", "names": [{"value": "A", "types": ["ror_display"]}]}',
      '{"status": "active", "names": [{"value": "B", "types": ["ror_display"]}],
        "external_ids": [{"type": "fundref", "all": ["100000001"], "preferred": null}]}'
    ], '{}', '{}', '{}', '{}'
  );
  ASSERT vulcanus.propose_organisations(_croids) = 0;
  INSERT INTO fulgora.release (source, release_no, label, state, completed_at) VALUES ('ror', 9001, 'x', 'complete', now());
  INSERT INTO fulgora.record (source, key, valid_from_release, row_hash, record) VALUES ('ror', '052gg0110', 9001, '', '');
  INSERT INTO fulgora.statement (source, key, valid_from_release, n, scheme, value, role)
  VALUES ('ror', '052gg0110', 9001, 1, 'funder', '10.13039/100000001', 'same');
  ASSERT vulcanus.propose_organisations(_croids[2:]) = 1;
  ASSERT vulcanus.propose_organisations(_croids[:1]) = 1;
  ASSERT (SELECT p.evidence ->> 'value' FROM vulcanus.merge_proposal AS p WHERE p.croid = ANY (_croids))
    = '10.13039/100000001';
  DELETE FROM fulgora.statement WHERE source = 'ror' AND valid_from_release = 9001;
  ASSERT vulcanus.propose_organisations(_croids) = 0;
  ASSERT NOT EXISTS (SELECT FROM vulcanus.merge_proposal AS p WHERE p.croid = ANY (_croids)), 'taken back';
END
$$;
