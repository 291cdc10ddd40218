-- Changed keys lead to the objects they are about: made for whole records, found for the rest.
DO $$
DECLARE
  _work uuid;
  _fund uuid;
  _about fulgora.source;
  _no integer;
BEGIN
  SELECT croid INTO _work FROM croid.reserve('doi', ARRAY['10.5555/a'], 'release');
  _no := fulgora.begin_release('retraction-watch', 'x');
  PERFORM fulgora.store_records('retraction-watch', _no, ARRAY['1', '2'], ARRAY['', ''], ARRAY['a', 'b']::bytea[], ARRAY['A', 'B']::bytea[]);
  PERFORM fulgora.store_statements(
    'retraction-watch', _no, ARRAY['1', '2'], ARRAY['a', 'b']::bytea[], ARRAY['doi', 'doi'],
    ARRAY['10.5555/a', '10.5555/b'], ARRAY['updated', 'updated'], ARRAY['{}', '{}']
  );
  PERFORM fulgora.complete_release('retraction-watch', _no, 0);
  SELECT s.* INTO _about FROM fulgora.source AS s WHERE s.source = 'retraction-watch';
  ASSERT (SELECT array_agg(c) FROM vulcanus.list_concerned(_about, _no, ARRAY['1', '2'], '{}') AS c) = ARRAY[_work];
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5555/b');
  ASSERT NOT EXISTS (SELECT FROM vulcanus.list_concerned(_about, _no + 1, ARRAY['1', '2'], '{}'));

  SELECT croid INTO _fund FROM croid.reserve('funder', ARRAY['10.13039/100000001'], 'organisation');
  _no := fulgora.begin_release('ror', 'x');
  PERFORM fulgora.store_records('ror', _no, ARRAY['05gq02987'], ARRAY[''], ARRAY['a']::bytea[], ARRAY['A']::bytea[]);
  PERFORM fulgora.store_statements(
    'ror', _no, ARRAY['05gq02987'], ARRAY['a']::bytea[], ARRAY['funder'], ARRAY['10.13039/100000001'],
    ARRAY['same'], ARRAY['{}']
  );
  PERFORM fulgora.complete_release('ror', _no, 0);
  SELECT s.* INTO _about FROM fulgora.source AS s WHERE s.source = 'ror';
  PERFORM vulcanus.adopt_keys(_about, ARRAY['0168r3w48']);
  ASSERT (SELECT count(*) FROM croid.identifier WHERE croid = _fund) = 1;
  ASSERT (SELECT array_agg(c) FROM vulcanus.list_concerned(_about, _no, ARRAY['05gq02987'], '{}') AS c) = ARRAY[_fund];
  ASSERT (SELECT array_agg(c) FROM vulcanus.list_concerned(_about, _no, ARRAY['05gq02987'], ARRAY['05gq02987']) AS c) = ARRAY[_fund];
  ASSERT NOT EXISTS (SELECT FROM vulcanus.list_concerned(_about, _no, ARRAY['0168r3w48'], ARRAY['0168r3w48'])), 'none is made for what is gone';
END
$$;
