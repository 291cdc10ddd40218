CREATE OR REPLACE FUNCTION croid.mint(n integer DEFAULT 1)
RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _croids uuid[];
BEGIN
  IF (n BETWEEN 1 AND 1000) IS NOT TRUE THEN
    PERFORM platform.raise_error('too-many-croids', format('%s were asked for', coalesce(n, 0)));
  END IF;
  SELECT array_agg(m.id ORDER BY m.n) INTO _croids FROM platform.make_ids(n) AS m;
  -- Both commit or neither does.
  PERFORM platform.announce('croid-minted', _croids);
  RETURN _croids;
END
$$;
COMMENT ON FUNCTION croid.mint(integer) IS 'Make new CROIDs, 1 to 1,000, each later than the one before it, and announce them.';
