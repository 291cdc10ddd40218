CREATE OR REPLACE FUNCTION croid.lock(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF cardinality(_croids) > 1000 THEN
    PERFORM platform.raise_error(
      'too-many-locks', format('%s were asked for', cardinality(_croids))
    );
  END IF;
  -- Two objects may share a lock key of 64 bits: then one waits for the other without need, and
  -- because the order is that of the keys, still never in a circle.
  PERFORM pg_advisory_xact_lock(k.key)
  FROM (
    SELECT DISTINCT uuid_hash_extended(c.croid, 7306086) AS key
    FROM unnest(_croids) AS c (croid)
    ORDER BY key
  ) AS k;
END
$$;
COMMENT ON FUNCTION croid.lock(uuid[]) IS 'Serialise writers of these objects, at most 1,000, until commit; all take them in one order, so they cannot deadlock. One call a transaction.';
