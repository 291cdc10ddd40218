-- Every value says who said it, and since when; what a patch wrote is told apart from its base.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := catalog.vulcanus();
  _croid CONSTANT uuid := uuidv7();
  _layer CONSTANT uuid := uuidv7();
  _run CONSTANT uuid := vulcanus.open_run('test', 1);
  _patch CONSTANT text := '[
    {"field": "volume", "action": "insert", "path": "/volume", "originalValue": null, "enrichedValue": "3", "confidence": 0.5,
     "evidence": {"source": "crossref", "key": "10.5555/a"}},
    {"field": "notes", "action": "insertChild", "path": "/notes", "originalValue": null, "enrichedValue": "B"}
  ]';
  _first uuid;
  _now record;
BEGIN
  ASSERT nexus.split_pointer('/a~1b/0/~0') = '{a/b,0,~}' AND nexus.join_pointer('{a/b,0,~}') = '/a~1b/0/~0';
  ASSERT nexus.find_value('{"a": ["x", "y"]}', '{a}', '"y"') = '{a,1}';
  ASSERT nexus.find_value('{"a": ["x", "y"]}', '{a,0}', '"y"') = '{a,1}', 'it moved';
  ASSERT nexus.find_value('{"a": ["x"]}', '{a}', '"y"') IS NULL;
  ASSERT (SELECT r.source = 'rw' AND r.key = '7' FROM nexus.read_row('{"source": "rw", "key": "7"}', '1') AS r);
  ASSERT (SELECT r.key FROM nexus.read_row('{}', '{"id": "https://ror.org/052gg0110"}') AS r) = '052gg0110';

  PERFORM vulcanus.store_layers(
    _run, 'release-work', '1', 1, ARRAY[_croid], ARRAY[_layer], ARRAY['h']::bytea[], ARRAY[_patch], ARRAY['{}'],
    ARRAY[0.9]::real[], ARRAY[NULL]::text[]
  );
  PERFORM catalog.revise(_vulcanus, '', '{}', 'release', ARRAY[_croid],
    ARRAY['{"DOI": "10.5555/a", "title": ["One"], "notes": ["A"]}'],
    ARRAY['{"layers": ["crossref:1", "datacite:2"], "lent": {"/notes": "datacite:2"}}'], '{}', '{}', '{}');
  SELECT i.revision_id INTO _first FROM catalog.ident AS i WHERE i.croid = _croid;
  PERFORM catalog.revise(_vulcanus, '', '{}', 'release', ARRAY[_croid],
    ARRAY['{"DOI": "10.5555/a", "title": ["Two"], "notes": ["A", "B"], "volume": "3"}'],
    ARRAY[format('{"layers": ["crossref:3", "datacite:2", "%s"], "lent": {"/notes": "datacite:2"}}', _layer)],
    '{}', '{}', '{}');

  ASSERT (
    SELECT array_agg(v.pointer || ' ' || v.layer ORDER BY v.pointer) FROM nexus.list_values(
      _croid, _first, '{"layers": ["crossref:1", "datacite:2"], "lent": {"/notes": "datacite:2"}}'
    ) AS v
  ) = '{"/DOI crossref:1","/notes datacite:2","/title crossref:1"}';
  ASSERT (SELECT array_agg(p.pointer ORDER BY p.pointer COLLATE "C") FROM nexus.provenance AS p
    WHERE p.croid = _croid AND p.superseded_index IS NULL) = '{/DOI,/notes,/notes/1,/title,/volume}';
  SELECT p.* INTO _now FROM nexus.list_provenance(_croid) AS p WHERE p.pointer = '/notes';
  ASSERT _now.value = '["A"]' AND _now.layer = 'datacite:2' AND _now.superseded_index IS NULL, 'as the base has it';
  ASSERT _now.revision_id = _first, 'what a patch adds makes no other value of it';
  SELECT p.* INTO _now FROM nexus.list_provenance(_croid) AS p WHERE p.pointer = '/volume';
  ASSERT (_now.strategy, _now.layer, _now.value) = ('release-work', _layer::text, '"3"'::jsonb);
  ASSERT _now.confidence = 0.5 AND _now.evidence ->> 'key' = '10.5555/a';
  ASSERT _now.row_key IS NULL, 'there is no such row';
  SELECT p.* INTO _now FROM nexus.list_provenance(_croid) AS p WHERE p.pointer = '/title' AND p.value = '["One"]';
  ASSERT _now.layer = 'crossref:1' AND _now.superseded_index > _now.index AND _now.revision_id = _first;
  ASSERT (SELECT o.source = 'release-work' OR o.strategy = 'release-work' FROM nexus.read_origin(_croid, _layer::text, '{}', '1') AS o);

  ASSERT (SELECT array_agg(a.version ORDER BY a.index) FROM nexus.activity AS a WHERE a.croid = _croid) = '{1,2}';
  ASSERT (SELECT a.doi FROM nexus.activity AS a WHERE a.croid = _croid AND a.version = 2) = '10.5555/a';

  ASSERT (SELECT array_agg(DISTINCT v.layer) FROM nexus.list_values(
    _croid, _first, format('{"layers": ["crossref:1", "%s"]}', uuidv7())::jsonb
  ) AS v) = ARRAY['revision:' || _first], 'of a layer that is not here nothing is known';

  -- What is taken out again is no longer said by anyone.
  PERFORM catalog.revise(_vulcanus, '', '{}', 'release', ARRAY[_croid], ARRAY['{"DOI": "10.5555/a", "title": ["Two"]}'],
    ARRAY['{"layers": ["crossref:3"]}'], '{}', '{}', '{}');
  ASSERT (SELECT array_agg(p.pointer ORDER BY p.pointer COLLATE "C") FROM nexus.provenance AS p
    WHERE p.croid = _croid AND p.superseded_index IS NULL) = '{/DOI,/title}';
END
$$;
