CREATE OR REPLACE FUNCTION catalog.find_index(_at timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _low bigint := 0;
  _high bigint := coalesce((SELECT c.index FROM catalog.clock AS c), 0);
  _middle bigint;
BEGIN
  -- The numbers have no gap and the times grow with them: halving finds the place without an index.
  WHILE _low < _high LOOP
    _middle := (_low + _high + 1) / 2;
    IF (SELECT l.accepted_at <= _at FROM catalog.changelog AS l WHERE l.index = _middle) THEN
      _low := _middle;
    ELSE
      _high := _middle - 1;
    END IF;
  END LOOP;
  RETURN _low;
END
$$;
COMMENT ON FUNCTION catalog.find_index(timestamptz) IS 'The newest index at a time; 0 before the first.';
