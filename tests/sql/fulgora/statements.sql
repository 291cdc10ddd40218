-- What rows say about identifiers is kept with the version of the row that says it.
DO $$
DECLARE
  _one integer := fulgora.begin_release('retraction-watch', 'first');
  _two integer;
BEGIN
  PERFORM fulgora.store_records(
    'retraction-watch', _one, ARRAY['1', '2', '3'], ARRAY['', '', ''],
    ARRAY['a', 'b', 'c']::bytea[], ARRAY['A', 'B', 'C']::bytea[]
  );
  ASSERT fulgora.store_statements(
    'retraction-watch', _one, ARRAY['1', '1', '1', '2', '3'], ARRAY['a', 'a', 'a', 'b', 'other']::bytea[],
    ARRAY['doi', 'doi', 'pmid', 'doi', 'doi'], ARRAY['10.5555/a', '10.5555/a', '7', '10.5555/b', '10.5555/c'],
    array_fill('updated'::text, ARRAY[5]), array_fill('{"type": "Retration!"}'::text, ARRAY[5])
  ) = 3, 'once each, and nothing of a row that was not stored so';
  ASSERT NOT EXISTS (SELECT FROM fulgora.current_statement WHERE source = 'retraction-watch'), 'not complete yet';
  ASSERT fulgora.complete_release('retraction-watch', _one, 0);
  ASSERT (
    SELECT array_agg(format('%s %s %s', scheme, value, update_type) ORDER BY scheme, value)
    FROM fulgora.update_notice WHERE source = 'retraction-watch'
  ) = ARRAY['doi 10.5555/a retraction', 'doi 10.5555/b retraction', 'pmid 7 retraction'];

  _two := fulgora.begin_release('retraction-watch', 'second');
  PERFORM fulgora.store_records(
    'retraction-watch', _two, ARRAY['1', '4'], ARRAY['', ''], ARRAY['a2', 'd']::bytea[], ARRAY['A2', 'D']::bytea[]
  );
  ASSERT fulgora.end_missing('retraction-watch', _two, ARRAY['1', '2', '4']) = 1;
  ASSERT fulgora.complete_release('retraction-watch', _two, 0);
  ASSERT (
    SELECT array_agg(format('%s %s', key, change) ORDER BY key)
    FROM fulgora.release_change WHERE source = 'retraction-watch' AND release_no = _two
  ) = ARRAY['1 changed', '3 removed', '4 added'];
  ASSERT (SELECT removed_count = 1 FROM fulgora.release WHERE source = 'retraction-watch' AND release_no = _two);
  ASSERT (
    SELECT array_agg(value) FROM fulgora.current_statement WHERE source = 'retraction-watch'
  ) = ARRAY['10.5555/b'], 'the new version of the first row says nothing';
  ASSERT fulgora.fold_word(' Expression-of  Concern.') = 'expression_of_concern';
END
$$;

-- A release that only takes rows away is news.
DO $$
DECLARE
  _no integer := fulgora.begin_release('doaj', 'first');
BEGIN
  PERFORM fulgora.store_records('doaj', _no, ARRAY['a', 'b'], ARRAY['', ''], ARRAY['a', 'b']::bytea[], ARRAY['A', 'B']::bytea[]);
  PERFORM fulgora.complete_release('doaj', _no, 0);
  _no := fulgora.begin_release('doaj', 'second');
  PERFORM fulgora.store_records('doaj', _no, ARRAY['a'], ARRAY[''], ARRAY['a']::bytea[], ARRAY['A']::bytea[]);
  PERFORM fulgora.end_missing('doaj', _no, ARRAY['a']);
  ASSERT fulgora.complete_release('doaj', _no, 0);
END
$$;
