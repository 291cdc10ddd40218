-- What all processes are given of a limit together is never more than it, and each interval begins anew.
DO $$
DECLARE
  _client CONSTANT bytea := '\x01';
  _sum integer := 0;
BEGIN
  UPDATE aquilo.pool SET requests = 25, interval_s = 3600 WHERE pool = 'public';
  FOR _n IN 1..20 LOOP
    _sum := _sum + (SELECT l.granted FROM aquilo.lease_requests(ARRAY['public'], ARRAY[_client]) AS l);
  END LOOP;
  ASSERT _sum = 25, format('given %s of 25', _sum);
  ASSERT (SELECT (granted, requests, interval_s) = (0, 25, 3600) AND left_ms BETWEEN 0 AND 3600000
    FROM aquilo.lease_requests(ARRAY['public'], ARRAY[_client]));
  ASSERT (SELECT count(*) FROM aquilo.lease_requests(ARRAY['public', 'public', 'none'], ARRAY['\x02', '\x02', '\x02']::bytea[])) = 1,
    'each client once, and no pool there is not';
  UPDATE aquilo.allowance SET begun_at = begun_at - INTERVAL '1 hour';
  ASSERT (SELECT granted FROM aquilo.lease_requests(ARRAY['public'], ARRAY[_client])) = 2, 'a new interval';
  UPDATE aquilo.pool SET requests = 1 WHERE pool = 'public';
  ASSERT (SELECT granted FROM aquilo.lease_requests(ARRAY['public'], ARRAY[_client])) = 0, 'less than was given already';
END
$$;
