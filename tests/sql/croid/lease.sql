-- The fence grows with every holder, whatever becomes of the lease.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _lease record;
  _detail text;
BEGIN
  SELECT * INTO _lease FROM croid.take_lease(_croid, 'ann', 60);
  ASSERT _lease.fence = 1;
  ASSERT _lease.expires_at BETWEEN clock_timestamp() + interval '55 s' AND clock_timestamp() + interval '60 s';
  BEGIN
    PERFORM croid.take_lease(_croid, 'bob', 60);
    RAISE EXCEPTION 'taken while held';
  EXCEPTION WHEN SQLSTATE 'NX107' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT substr(_detail, 7)::timestamptz = _lease.expires_at, _detail;
  END;
  SELECT * INTO _lease FROM croid.renew_lease(_croid, 1, 600);
  ASSERT _lease.fence = 1 AND _lease.expires_at > clock_timestamp() + interval '590 s';
  PERFORM croid.check_fence(_croid, 1);
  PERFORM croid.check_fence(_croid, NULL);
  UPDATE croid.lease SET expires_at = clock_timestamp() - interval '1 s' WHERE croid = _croid;
  PERFORM croid.check_fence(_croid, 1);
  ASSERT (SELECT fence FROM croid.renew_lease(_croid, 1, 1)) = 1, 'ran out, but nobody took it';
  UPDATE croid.lease SET expires_at = clock_timestamp() - interval '1 s' WHERE croid = _croid;
  ASSERT (SELECT fence FROM croid.take_lease(_croid, 'bob', 60)) = 2;
  PERFORM croid.release_lease(_croid, 2);
  ASSERT (SELECT holder IS NULL AND expires_at IS NULL FROM croid.lease WHERE croid = _croid);
  ASSERT (SELECT fence FROM croid.take_lease(_croid, 'ann', 60)) > 2;
END
$$;

-- Whoever is not the holder any more is told so.
DO $$
DECLARE
  _croid CONSTANT uuid := uuidv7();
  _unknown CONSTANT uuid := uuidv7();
  _attempt record;
BEGIN
  PERFORM croid.take_lease(_croid, 'ann', 60);
  PERFORM croid.release_lease(_croid, 1);
  FOR _attempt IN
    SELECT *
    FROM (
      VALUES
      (format('SELECT croid.check_fence(%L, 1)', _croid), 'NX108'),
      (format('SELECT croid.check_fence(%L, 99)', _croid), 'NX108'),
      (format('SELECT croid.renew_lease(%L, 1, 60)', _croid), 'NX108'),
      (format('SELECT croid.renew_lease(%L, NULL, 60)', _croid), 'NX108'),
      (format('SELECT croid.release_lease(%L, 1)', _croid), 'NX108'),
      (format('SELECT croid.release_lease(%L, NULL)', _croid), 'NX108'),
      (format('SELECT croid.check_fence(%L, 1)', _unknown), 'NX109'),
      (format('SELECT croid.renew_lease(%L, 1, 60)', _unknown), 'NX109'),
      (format('SELECT croid.release_lease(%L, 1)', _unknown), 'NX109'),
      (format('SELECT croid.take_lease(%L, ''ann'', 0)', _unknown), 'NX110'),
      (format('SELECT croid.take_lease(%L, ''ann'', 86401)', _unknown), 'NX110'),
      (format('SELECT croid.take_lease(%L, ''ann'', NULL)', _unknown), 'NX110'),
      (format('SELECT croid.take_lease(%L, '''', 60)', _unknown), '23514'),
      (format('SELECT croid.take_lease(%L, NULL, 60)', _unknown), '23514')
    ) AS a (statement, code)
  LOOP
    BEGIN
      EXECUTE _attempt.statement;
      RAISE EXCEPTION 'went through';
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _attempt.code, format('%s: %s %s', _attempt.statement, SQLSTATE, SQLERRM);
    END;
  END LOOP;
END
$$;
