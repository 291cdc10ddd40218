-- Content has one hash: kind, body as PostgreSQL prints it, and the hashes of its parts.
DO $$
DECLARE
  _one CONSTANT bytea := catalog.content_hash('release', '{"b": 1, "a": 2}', '{}');
BEGIN
  ASSERT _one = catalog.content_hash('release', '{"a":2,"b":1}', '{}');
  ASSERT length(_one) = 32;
  ASSERT _one = sha256(convert_to(E'release\n{"a": 2, "b": 1}\n', 'UTF8') || array_send('{}'::bytea[]));
  ASSERT _one <> catalog.content_hash('work', '{"b": 1, "a": 2}', '{}');
  ASSERT _one <> catalog.content_hash('release', '{"b": 1, "a": 3}', '{}');
  ASSERT _one <> catalog.content_hash('release', '{"b": 1, "a": 2}', ARRAY['\x00'::bytea]);
  ASSERT catalog.content_hash('release', '{}', ARRAY['\x01', '\x02']::bytea[])
    <> catalog.content_hash('release', '{}', ARRAY['\x02', '\x01']::bytea[]);
  ASSERT catalog.content_hash('release', NULL, '{}') IS NULL;
  ASSERT catalog.hash_part('author', '[1]') <> catalog.hash_part('editor', '[1]');
  ASSERT catalog.hash_part('author', '[1]') = sha256(convert_to(E'author\n[1]', 'UTF8'));
END
$$;

-- Dates of Crossref: a day only where there is one.
DO $$
DECLARE
  _case record;
BEGIN
  FOR _case IN
    SELECT *
    FROM (
      VALUES
      ('{"date-parts": [[2020, 2, 29]]}', '2020-02-29'::date, 2020),
      ('{"date-parts": [[2021, 2, 29]]}', NULL, 2021),
      ('{"date-parts": [[2021, 2]]}', NULL, 2021),
      ('{"date-parts": [["2021", "2", "3"]]}', '2021-02-03', 2021),
      ('{"date-parts": [[2021.5, 2, 3]]}', NULL, NULL),
      ('{"date-parts": [["x", 2, 3]]}', NULL, NULL),
      ('{"date-parts": [[99999, 1, 1]]}', NULL, NULL),
      ('{"date-parts": [[2021, 4, 31]]}', NULL, 2021),
      ('{"date-parts": [[2021, 12, 31]]}', '2021-12-31', 2021),
      ('{"date-parts": [[2021, 13, 1]]}', NULL, 2021),
      ('{"date-parts": [[99999999999, 1, 1]]}', NULL, NULL),
      ('{"date-parts": [[0, 1, 1]]}', NULL, 0),
      ('{"date-parts": [[null]]}', NULL, NULL),
      ('{"date-parts": []}', NULL, NULL),
      ('[]', NULL, NULL),
      ('"2020"', NULL, NULL),
      (NULL, NULL, NULL)
    ) AS c (given, day, year)
  LOOP
    ASSERT catalog.read_date(_case.given::jsonb) IS NOT DISTINCT FROM _case.day, _case;
    ASSERT catalog.read_year(_case.given::jsonb) IS NOT DISTINCT FROM _case.year, _case;
  END LOOP;
END
$$;

DO $$
BEGIN
  ASSERT (SELECT array_agg(place || ':' || element ORDER BY place) FROM catalog.list_elements('["a", {"b": 1}, null]'))
    = ARRAY['0:"a"', '1:{"b": 1}', '2:null'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements('{"a": 1}'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements('null'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements(NULL));
END
$$;

-- The identifiers of a body; a funder id is a claim, and only of an organisation that is active.
DO $$
BEGIN
  ASSERT (
    SELECT array_agg(format('%s:%s:%s', scheme, value, is_claim) ORDER BY scheme, value)
    FROM catalog.list_identifiers('release', '{"DOI": "10.5555/ABC", "ISBN": ["9781566199094", "9781566199095"]}')
  ) = ARRAY['doi:10.5555/abc:f', 'isbn:9781566199094:f'];
  ASSERT (
    SELECT array_agg(format('%s:%s:%s', scheme, value, is_claim) ORDER BY scheme, value)
    FROM catalog.list_identifiers('organisation', '{
      "id": "https://ror.org/05gq02987", "status": "active",
      "external_ids": [{"type": "fundref", "all": ["1", "2"]}, {"type": "grid", "all": ["x"]}]
    }')
  ) = ARRAY['funder:10.13039/1:t', 'funder:10.13039/2:t', 'ror:05gq02987:f'];
  ASSERT (
    SELECT array_agg(scheme) FROM catalog.list_identifiers('organisation', '{
      "id": "https://ror.org/05gq02987", "status": "withdrawn", "external_ids": [{"type": "fundref", "all": ["1"]}]
    }')
  ) = ARRAY['ror'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('work', '{"DOI": "10.5555/x"}'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('release', '{"ISBN": "9781566199094"}'));
END
$$;

-- How a body is split, what its members are however it is stored, and its hash as if it were stored now.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
  _body CONSTANT jsonb := '{"title": ["T"], "author": [1], "link": [{"URL": "a}"}], "license": [{"URL": "u"}], "issued": {"date-parts": [[2020]]}}';
  _group uuid;
  _old record;
  _new record;
  _again record;
BEGIN
  ASSERT (SELECT jsonb_object_agg(s.part, s.body) FROM catalog.split_body('release', _body) AS s)
    = jsonb_build_object('author', _body -> 'author', '*', _body - '{title,author}'::text[]);
  ASSERT NOT EXISTS (SELECT FROM catalog.split_body('work', _body));
  -- As it was when a release had no details.
  UPDATE catalog.part_member SET kind = 'work' WHERE kind = 'release' AND part = '*';
  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'before') AS o;
  SELECT * INTO _old FROM catalog.add_edits(
    _group, _vulcanus, '{create}', ARRAY[_croid], '{release}', ARRAY[_body::text], '{}', '{}', '{}', '{}'
  );
  PERFORM catalog.accept(_group, _vulcanus);
  UPDATE catalog.part_member SET kind = 'release' WHERE kind = 'work' AND part = '*';
  ASSERT (SELECT r.body ? 'link' FROM catalog.revision AS r WHERE r.croid = _croid);

  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'the same') AS o;
  SELECT * INTO _again FROM catalog.add_edits(
    _group, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY[_body::text], '{}', '{}', '{}', '{}'
  );
  ASSERT _again.revision_id = _old.revision_id, 'the same content is no revision, however it is split';
  PERFORM catalog.withdraw(_group, _vulcanus);

  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'other') AS o;
  SELECT * INTO _new FROM catalog.add_edits(
    _group, _vulcanus, '{update}', ARRAY[_croid], '{}', ARRAY[(_body || '{"title": ["U"]}')::text], '{}', '{}', '{}', '{}'
  );
  PERFORM catalog.accept(_group, _vulcanus);
  ASSERT (SELECT r.body FROM catalog.revision AS r WHERE r.croid = _croid AND r.revision_id = _new.revision_id)
    = '{"title": ["U"]}';
  ASSERT catalog.read_body(_croid, _new.revision_id)::jsonb = _body || '{"title": ["U"]}';
  ASSERT (SELECT j.body::jsonb FROM catalog.join_body(_croid, '{}', ARRAY[catalog.hash_part('author', '[1]')]) AS j)
    = '{"author": [1]}';
  ASSERT (SELECT j.body FROM catalog.join_body(_croid, '{"a": "é"}', '{}') AS j) = '{"a": "é"}';
  ASSERT catalog.list_changed_members(_croid, _old.revision_id, _new.revision_id) = ARRAY['/title'];
  ASSERT (
    SELECT array_agg(catalog.read_details(r.croid, r.body, r.parts) -> 'issued') = array_agg(d.body::jsonb -> 'issued')
    FROM catalog.revision AS r CROSS JOIN LATERAL catalog.read_body(r.croid, r.revision_id) AS d (body)
    WHERE r.croid = _croid
  ), 'whether it lies in the body or in a part of its own';
  ASSERT (SELECT array_agg(m.member ORDER BY m.member) FROM catalog.list_members(_croid, _new.revision_id) AS m)
    = ARRAY['author', 'issued', 'license', 'link', 'title'];
  ASSERT (SELECT m.sha256 FROM catalog.list_members(_croid, _old.revision_id) AS m WHERE m.member = 'author')
    = catalog.hash_part('author', '[1]');
  ASSERT catalog.hash_as_split(_croid, _new.revision_id)
    = (SELECT r.content_hash FROM catalog.revision AS r WHERE r.croid = _croid AND r.revision_id = _new.revision_id);
  ASSERT catalog.hash_as_split(_croid, _old.revision_id)
    <> (SELECT r.content_hash FROM catalog.revision AS r WHERE r.croid = _croid AND r.revision_id = _old.revision_id);
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_content(_croid, uuidv7()) AS v WHERE v.croid = _croid);
  ASSERT (SELECT (r.title, r.issued_year) FROM catalog.release AS r WHERE r.croid = _croid) = ('U'::text, 2020);
  ASSERT (SELECT array_agg(l.url) FROM catalog.licence AS l WHERE l.croid = _croid) = '{u}';

  SELECT o.editgroup_id INTO _group FROM catalog.open_editgroup(_vulcanus, 'back') AS o;
  PERFORM catalog.add_edits(
    _group, _vulcanus, '{revert}', ARRAY[_croid], '{}', '{}', '{}', ARRAY[_old.revision_id], '{}', '{}'
  );
  PERFORM catalog.accept(_group, _vulcanus);
  ASSERT (SELECT (r.title, r.issued_year) FROM catalog.release AS r WHERE r.croid = _croid) = ('T'::text, 2020);
  ASSERT (SELECT array_agg(l.url) FROM catalog.licence AS l WHERE l.croid = _croid) = '{u}';
END
$$;

-- A queue that is new hears of what is live already, and of nothing else.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
BEGIN
  INSERT INTO catalog.ident (croid, kind) VALUES (uuidv7(), 'work');
  INSERT INTO catalog.revision (croid, revision_id, kind, body, content_hash)
  VALUES (_croid, _croid, 'work', '{}', '');
  INSERT INTO catalog.ident (croid, kind, is_live, revision_id) VALUES (_croid, 'work', true, _croid);
  PERFORM platform.ensure_queue('a_test');
  ASSERT catalog.announce_live('a_test') > 0;
  ASSERT (
    SELECT bool_or(m.message -> 'croids' ? _croid::text)
    AND sum(jsonb_array_length(m.message -> 'croids')) = (SELECT count(*) FROM catalog.ident WHERE is_live)
    FROM pgmq.q_a_test AS m
  ), 'live objects, and no other';
END
$$;
