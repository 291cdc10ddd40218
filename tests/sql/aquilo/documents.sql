-- The search document of a live release is what it is found by; it goes with the release.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croid CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_croid], '{release}', ARRAY['{
      "DOI": "10.5555/aquilo", "title": ["Über Salz"], "author": [{"family": "Ødegård"}],
      "container-title": ["Journal of Brine"], "issued": {"date-parts": [[2020]]}
    }'], '{}', '{}', '{}', '{}'
  );
  ASSERT aquilo.index_documents(ARRAY[_croid, uuidv7()]) = 1;
  ASSERT aquilo.index_documents(ARRAY[_croid]) = 0, 'nothing changed';
  ASSERT (
    SELECT bool_and(d.search @@ aquilo.write_query(q.words))
    FROM aquilo.document AS d
    CROSS JOIN unnest(ARRAY['über', 'uber', 'salz', 'ødegård', 'brine', '2020', 'sal*', '"über salz"']) AS q (words)
    WHERE d.croid = _croid
  );
  ASSERT (
    SELECT d.terms @> '{doi=10.5555/aquilo,prefix=10.5555,container-title=Journal of Brine,published=2020}'
      AND d.fields @@ aquilo.write_field_query('{editor,author}', 'ØDEGÅRD')
      AND d.title = 'uber salz' AND d.published_on = '2020-01-01' AND d.changed_index > 0
    FROM aquilo.document AS d WHERE d.croid = _croid
  );
  ASSERT (SELECT c.cited_by_count = 0 FROM aquilo.cited AS c WHERE c.croid = _croid);
  ASSERT (
    SELECT (f.asked, f.croid, f.state, f.doi) = ('10.5555/aquilo', _croid, 'active', '10.5555/aquilo')
      AND f.body::jsonb ->> 'type' IS NULL AND f.body::jsonb #>> '{title,0}' = 'Über Salz'
    FROM aquilo.find_works('{10.5555/aquilo,10.5555/none}', true) AS f
  );
  ASSERT (SELECT f.body IS NULL AND f.index > 0 FROM aquilo.find_works('{10.5555/aquilo}', false) AS f);
  DELETE FROM catalog.release WHERE croid = _croid;
  PERFORM aquilo.index_documents(ARRAY[_croid]);
  ASSERT NOT EXISTS (SELECT FROM aquilo.document WHERE croid = _croid);
  ASSERT NOT EXISTS (SELECT FROM aquilo.cited WHERE croid = _croid);
END
$$;

-- How far the search documents are behind the changelog.
DO $$
DECLARE
  _fresh record;
BEGIN
  PERFORM pgmq.purge_queue('aquilo_accepted');
  SELECT * INTO _fresh FROM aquilo.read_freshness();
  ASSERT _fresh.index = (SELECT index FROM catalog.clock) AND _fresh.waiting = 0;
  ASSERT _fresh.indexed_until = _fresh.index, 'nothing waits';
  PERFORM platform.announce('accepted', ARRAY[uuidv7()], _fresh.index);
  SELECT * INTO _fresh FROM aquilo.read_freshness();
  ASSERT _fresh.waiting = 1 AND _fresh.indexed_until = _fresh.index - 1;
END
$$;
