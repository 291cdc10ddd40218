-- Holders of prefixes are found by words of their names through an index, whatever their accents.
DO $$
DECLARE
  _release integer := fulgora.begin_release('crossref-prefixes', 'first');
  _line text;
  _plan text := '';
BEGIN
  PERFORM fulgora.store_records(
    'crossref-prefixes', _release, ARRAY['10.7777'], ARRAY[''], ARRAY['a']::bytea[], ARRAY['A']::bytea[]
  );
  INSERT INTO fulgora.statement (source, key, valid_from_release, n, scheme, value, role, facts)
  VALUES ('crossref-prefixes', '10.7777', _release, 1, 'prefix', '10.7777', 'held', '{"name": "Université de <i>Là</i>-bas", "member": 777}');
  PERFORM fulgora.complete_release('crossref-prefixes', _release, 0);
  ASSERT (
    SELECT array_agg(l.id ORDER BY l.id) FROM aquilo.listing AS l
    WHERE l.search @@ aquilo.write_query('universite la-bas')
  ) = ARRAY['10.7777', '777'];
  SET LOCAL enable_seqscan = off;
  SET LOCAL enable_indexscan = off;
  FOR _line IN EXPLAIN SELECT FROM fulgora.statement AS s
    WHERE s.role = 'held'
      AND to_tsvector('pg_catalog.simple', aquilo.fold_text(s.facts ->> 'name')) @@ aquilo.write_query('universite')
  LOOP
    _plan := _plan || _line;
  END LOOP;
  ASSERT _plan LIKE '%statement_held_name_idx%', 'the index is of the text as aquilo.fold_text writes it';
END
$$;
