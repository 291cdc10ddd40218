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
    SELECT bool_and(d.search @@ plainto_tsquery('simple', q.words))
    FROM aquilo.document AS d
    CROSS JOIN unnest(ARRAY['über', 'salz', 'ødegård', 'brine', '2020', '10.5555/aquilo']) AS q (words)
    WHERE d.croid = _croid
  );
  DELETE FROM catalog.release WHERE croid = _croid;
  PERFORM aquilo.index_documents(ARRAY[_croid]);
  ASSERT NOT EXISTS (SELECT FROM aquilo.document WHERE croid = _croid);
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
