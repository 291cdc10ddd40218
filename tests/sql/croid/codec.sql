DO $$
BEGIN
  ASSERT croid.encode('00000000-0000-0000-0000-000000000000') = repeat('0', 26);
  ASSERT croid.encode('ffffffff-ffff-ffff-ffff-ffffffffffff') = '7' || repeat('z', 25);
  ASSERT croid.decode('7ZZZZZZZZZZZZZZZZZZZZZZZZZ') = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  ASSERT croid.decode('OoIiLl00000000000000000001') = croid.decode('00111100000000000000000001');
  ASSERT croid.encode(NULL) IS NULL AND croid.decode(NULL) IS NULL;
END
$$;

-- Written forms sort as the uuids do.
DO $$
DECLARE
  _unsorted integer;
BEGIN
  SELECT count(*) INTO _unsorted
  FROM (
    SELECT u.croid, lag(u.croid) OVER (ORDER BY croid.encode(u.croid)) AS before
    FROM (SELECT uuidv4() AS croid FROM generate_series(1, 500)) AS u
  ) AS sorted
  WHERE sorted.before > sorted.croid;
  ASSERT _unsorted = 0;
END
$$;

DO $$
DECLARE
  _text text;
BEGIN
  FOREACH _text IN ARRAY ARRAY[
    '', '0', repeat('0', 25), repeat('0', 27), '8' || repeat('0', 25), repeat('0', 25) || 'u',
    repeat('0', 25) || ' ', repeat('0', 25) || E'\n', repeat('0', 12) || '-' || repeat('0', 13)
  ] LOOP
    BEGIN
      PERFORM croid.decode(_text);
    EXCEPTION WHEN SQLSTATE 'NX101' THEN
      CONTINUE;
    END;
    RAISE EXCEPTION 'decoded %', quote_literal(_text);
  END LOOP;
END
$$;
