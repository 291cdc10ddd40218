-- A relation is one row, whoever asserts it; it waits for an object that is not known, goes when
-- nobody asserts it any more, and follows its object into another.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := catalog.vulcanus();
  _preprint CONSTANT uuid := uuidv7();
  _article CONSTANT uuid := uuidv7();
  _copy CONSTANT uuid := uuidv7();
  _says CONSTANT text := '{"DOI": "10.5555/p", "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/A"}]},
    "update-to": [{"DOI": "10.5555/a", "type": "retraction"}], "reference": [{"key": "1", "DOI": "10.5555/A"}]}';
  _index bigint;
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_preprint], '{release}', ARRAY[_says], '{}', '{}', '{}', '{}'
  );
  ASSERT (SELECT count(*) FROM nexus.list_claims(ARRAY[_preprint])) = 3;
  ASSERT (SELECT array_agg(c.relation_type ORDER BY 1) FROM nexus.list_claims(ARRAY[_preprint]) AS c)
    = '{cites,is-preprint-of,retracts}';
  ASSERT (SELECT bool_and(s.object_scheme = 'doi' AND s.object_key = nexus.key_of('doi', '10.5555/a'))
    FROM nexus.list_statements(ARRAY[_preprint]) AS s);

  _index := nexus.relate(ARRAY[_preprint]);
  ASSERT _index = (SELECT c.index FROM catalog.clock AS c);
  ASSERT (SELECT l.accepted_by = nexus.editor() AND l.edit_count = 0 FROM catalog.changelog AS l WHERE l.index = _index);
  ASSERT nexus.relate(ARRAY[_preprint]) IS NULL, 'nothing changed';
  ASSERT (SELECT count(*) FROM nexus.relation AS r WHERE r.subject_croid = _preprint AND r.object_value = '10.5555/a') = 3;
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_chain(1, _index));

  -- The other side appears, and says one of the three as well.
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_article], '{release}', ARRAY[
      '{"DOI": "10.5555/a", "relation": {"has-preprint": [{"id-type": "doi", "id": "10.5555/p"}]}}'
    ], '{}', '{}', '{}', '{}'
  );
  ASSERT nexus.complete(ARRAY[_article], uuidv7()) = 3;
  ASSERT nexus.complete(ARRAY[_article], uuidv7()) = 0;
  ASSERT nexus.state(ARRAY[_article], uuidv7()) = 1;
  ASSERT (SELECT count(*) FROM nexus.relation AS r WHERE r.subject_croid = _preprint AND r.object_key = _article) = 3;
  ASSERT (SELECT v.asserted_by = '{subject,object}' AND v.sources = '{relation}'
    FROM nexus.relationship AS v WHERE v.croid = _article AND v.relation_type = 'has-preprint');
  ASSERT nexus.name_sources(5) = '{reference,update-to}';

  -- One of two asserters falls silent, then the other.
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{update}', ARRAY[_preprint], '{release}', ARRAY['{"DOI": "10.5555/p"}'], '{}', '{}', '{}', '{}'
  );
  ASSERT nexus.relate(ARRAY[_preprint]) > _index;
  ASSERT (SELECT r.is_current AND r.by_subject = 0 FROM nexus.relation AS r
    WHERE r.subject_croid = _preprint AND r.relation_type = 'is-preprint-of');
  ASSERT (SELECT NOT r.is_current AND r.by_subject = 1 FROM nexus.relation AS r
    WHERE r.subject_croid = _preprint AND r.relation_type = 'cites'), 'who asserted it last stays';
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{delete}', ARRAY[_article], '{release}', ARRAY[NULL::text], '{}', '{}', '{}', '{}'
  );
  PERFORM nexus.relate(ARRAY[_article]);
  ASSERT NOT EXISTS (SELECT FROM nexus.relation AS r WHERE r.subject_croid = _preprint AND r.is_current);

  -- Asserted again, of what was deleted; then the preprint is merged into another.
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{update,update,create}', ARRAY[_preprint, _article, _copy], '{release,release,release}', ARRAY[
      _says, '{"DOI": "10.5555/a", "relation": {"has-preprint": [{"id-type": "doi", "id": "10.5555/p"}]}}', '{"DOI": "10.5555/q"}'
    ], '{}', '{}', '{}', '{}'
  );
  PERFORM nexus.relate(ARRAY[_preprint, _article, _copy]);
  ASSERT (SELECT count(*) FROM nexus.relation AS r WHERE r.subject_croid = _preprint AND r.is_current) = 3;
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{redirect}', ARRAY[_preprint], '{release}', ARRAY[NULL::text], ARRAY[_copy], '{}', '{}', '{}'
  );
  ASSERT (SELECT array_agg(a.croid) FROM nexus.list_asserters(ARRAY[_preprint], '{}') AS a (croid)) = ARRAY[_article];
  PERFORM nexus.relate(ARRAY[_preprint]);
  ASSERT (SELECT r.is_current AND r.by_subject = 0 AND r.by_object = 2 FROM nexus.relation AS r
    WHERE r.subject_croid = _copy AND r.relation_type = 'is-preprint-of' AND r.object_key = _article);
  ASSERT NOT EXISTS (SELECT FROM nexus.relation AS r WHERE r.subject_croid = _preprint AND r.is_current);
END
$$;

-- Names and identifiers as records write them.
DO $$
BEGIN
  ASSERT nexus.read_type('IsPartOf') = 'is-part-of' AND nexus.read_type('is_part_of') = 'is-part-of';
  ASSERT (SELECT (d.scheme, d.value) = ('doi', '10.5555/a') FROM nexus.read_identifier('uri', 'https://doi.org/10.5555/A') AS d);
  ASSERT (SELECT (d.scheme, d.value) = ('issn', '0378-5955') FROM nexus.read_identifier('ISSN', '0378-5955') AS d);
  ASSERT (SELECT (d.scheme, d.value) = ('uri', 'https://a.example/1') FROM nexus.read_identifier('uri', 'https://a.example/1') AS d);
  ASSERT (SELECT (d.scheme, d.value) = ('doi', '10.5555/a') FROM nexus.read_identifier(NULL, 'doi:10.5555/a') AS d);
  ASSERT NOT EXISTS (SELECT FROM nexus.read_identifier('doi', ' '));
  ASSERT NOT EXISTS (SELECT FROM nexus.read_identifier('doi', NULL));
END
$$;

-- Every type and its inverse are each other's, and one of the two is stored.
DO $$
BEGIN
  ASSERT NOT EXISTS (
    SELECT FROM nexus.relation_type AS t JOIN nexus.relation_type AS o ON o.relation_type = t.inverse
    WHERE o.inverse <> t.relation_type OR (t.relation_type <> o.relation_type AND t.is_stored = o.is_stored)
  );
END
$$;

-- Who hears of what is accepted for the first time hears of all that was accepted before, once.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _last bigint;
BEGIN
  ASSERT nexus.subscribe() = 0, 'it hears already';
  INSERT INTO catalog.ident (croid, kind) VALUES (uuidv7(), 'work');
  INSERT INTO catalog.revision (croid, revision_id, kind, body, content_hash)
  VALUES (_croid, _croid, 'work', '{}', '');
  INSERT INTO catalog.ident (croid, kind, is_live, revision_id) VALUES (_croid, 'work', true, _croid);
  DELETE FROM platform.subscription WHERE queue = 'nexus_accepted';
  SELECT coalesce(max(m.msg_id), 0) INTO _last FROM pgmq.q_nexus_accepted AS m;
  ASSERT nexus.subscribe() > 0;
  ASSERT (
    SELECT bool_or(m.message -> 'croids' ? _croid::text)
    AND sum(jsonb_array_length(m.message -> 'croids')) = (SELECT count(*) FROM catalog.ident WHERE is_live)
    FROM pgmq.q_nexus_accepted AS m WHERE m.msg_id > _last
  ), 'live objects, and no other';
END
$$;

-- The type of an update is read as what it means, whatever was written.
DO $$
BEGIN
  ASSERT nexus.read_update(' Expression-of concern') = 'expression_of_concern';
  ASSERT nexus.read_update('retration') = 'retraction';
  ASSERT nexus.read_update('party') IS NULL;
END
$$;
