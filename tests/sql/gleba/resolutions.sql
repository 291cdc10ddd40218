-- Resolutions of all processes add up, and names nobody registered cannot fill the disk.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _nothing CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  _hour CONSTANT timestamptz := '2026-01-02 03:00+00';
BEGIN
  FOR _process IN 1..2 LOOP
    PERFORM gleba.add_resolutions(
      ARRAY[_croid, _croid, _croid], ARRAY['10.5555/a', '10.5555/a', '10.5555/a'],
      ARRAY[_hour, _hour + INTERVAL '59 minutes', _hour + INTERVAL '1 hour'],
      ARRAY['landed', 'landed', 'landed'], ARRAY['browser', 'browser', 'browser'], ARRAY[0, 0, 0], ARRAY[3, 4, 1]
    );
  END LOOP;
  ASSERT (SELECT array_agg(count ORDER BY begun_at) FROM gleba.resolution WHERE croid = _croid) = '{14,2}',
    'each hour is the sum of all';
  FOR _process IN 1..2 LOOP
    PERFORM gleba.add_resolutions(
      array_agg(_nothing), array_agg(format('10.5555/%s.%s', _process, n)), array_agg(_hour),
      array_agg('unknown'::text), array_agg('program'::text), array_agg(-1), array_agg(2)
    ) FROM generate_series(1, 700) AS n;
  END LOOP;
  ASSERT (SELECT count(*) FROM gleba.resolution WHERE croid = _nothing) = 1001, 'a thousand, and the others';
  ASSERT (SELECT sum(count) FROM gleba.resolution WHERE croid = _nothing) = 2800, 'none is lost';
  PERFORM gleba.add_resolutions(
    ARRAY[_nothing, _nothing, _nothing], ARRAY['10.5555/1.1', '10.9999/new', '10.9999/new'],
    ARRAY[_hour, _hour, _hour + INTERVAL '1 hour'],
    ARRAY['unknown', 'unknown', 'unknown'], ARRAY['program', 'program', 'program'], ARRAY[-1, -1, -1], ARRAY[1, 1, 1]
  );
  ASSERT (SELECT count FROM gleba.resolution WHERE doi = '10.5555/1.1') = 3, 'what has its row keeps it';
  ASSERT (SELECT array_agg(begun_at) FROM gleba.resolution WHERE doi = '10.9999/new') = ARRAY[_hour + INTERVAL '1 hour'],
    'the next hour has room again';
  PERFORM gleba.refresh('resolution');
  ASSERT (
    SELECT (resolution_count, doi_count) = (16, 1) FROM gleba.resolution_count_by_prefix_month
    WHERE prefix = '10.5555' AND month = '2026-01' AND outcome = 'landed' AND agent = 'browser'
  );
  PERFORM gleba.add_resolutions(
    ARRAY[_croid], ARRAY['10.5555/a'], ARRAY[_hour + INTERVAL '1 month'], ARRAY['landed'], ARRAY['browser'], ARRAY[0], ARRAY[1]
  );
  ASSERT gleba.fold_resolutions(_hour) IS NULL, 'a month that is not over';
  ASSERT gleba.fold_resolutions('2026-02-01 00:00+00') = '2026-01';
  ASSERT gleba.fold_resolutions('2026-02-01 00:00+00') IS NULL, 'no other is that old';
  ASSERT (SELECT count(*) FROM gleba.resolution) = 1;
  ASSERT (
    SELECT (resolution_count, doi_count) = (16, 1) FROM gleba.resolution_month
    WHERE prefix = '10.5555' AND month = '2026-01' AND outcome = 'landed' AND agent = 'browser'
  );
END
$$;
