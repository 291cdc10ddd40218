-- How many works there were at an index is exact where it is cheap, and never too little.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7(), uuidv7()];
  _first bigint;
  _second bigint;
  _found record;
BEGIN
  SELECT r.index INTO _first FROM catalog.revise(
    _vulcanus, '', '{}', 'release', _croids, ARRAY[
      '{"DOI": "10.5555/t.1", "type": "book", "member": "78"}', '{"DOI": "10.5555/t.2"}', '{"DOI": "10.5556/t.3"}'
    ], '{"{}","{}","{}"}', '{}', '{}', '{}'
  ) AS r LIMIT 1;
  SELECT r.index INTO _second FROM catalog.revise(
    _vulcanus, '', '{}', 'release', _croids[2:2], ARRAY['{"DOI": "10.5557/t.2"}'], '{"{}"}', '{}', '{}', '{}'
  ) AS r LIMIT 1;
  SELECT * INTO _found FROM aquilo.find_work_then(_croids[1], _first);
  ASSERT (_found.doi, _found.type, _found.member) = ('10.5555/t.1'::text, 'book'::text, '78'::text);
  ASSERT NOT EXISTS (SELECT FROM aquilo.find_work_then(_croids[1], _first - 1)), 'it was not there yet';
  ASSERT (SELECT w.doi FROM aquilo.find_work_then(_croids[2], _first) AS w) = '10.5555/t.2';
  ASSERT (SELECT w.doi FROM aquilo.find_work_then(_croids[2], _second) AS w) = '10.5557/t.2';
  ASSERT EXISTS (
    SELECT FROM croid.former_identifier AS f
    WHERE f.scheme = 'doi' AND f.value = '10.5555/t.2' AND f.croid = _croids[2]
  );
  FOR _found IN
    SELECT * FROM (
      VALUES
      (_first, NULL, NULL, NULL, 3, 3, true), (_first - 1, NULL, NULL, NULL, 3, 0, true),
      (_second, NULL, NULL, NULL, 0, 3, true), (_first, NULL, NULL, NULL, 1, 3, true),
      (_first, NULL, NULL, NULL, 0, 3, false), (_first, 'book', NULL, NULL, 1, 1, true),
      (_first, NULL, '10.5555', NULL, 1, 2, true), (_second, NULL, '10.5555', NULL, 2, 1, true),
      (_first, NULL, '10.5557', NULL, 1, 0, true), (_first, NULL, NULL, '78', 3, 1, true),
      (_first, NULL, NULL, '78', 1, 3, false), (_first, NULL, '10.5555', '78', 1, 2, false)
    ) AS g (index, type, prefix, member, most, wanted, is_exact)
  LOOP
    ASSERT (
      SELECT (c.work_count, c.is_exact) = (_found.wanted::bigint, _found.is_exact)
      FROM aquilo.count_works_then(_found.index, _found.type, _found.prefix, _found.member, _found.most) AS c
    ), _found::text;
  END LOOP;
END
$$;
