CREATE OR REPLACE FUNCTION croid.mint_one()
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
RETURN (croid.mint(1))[1];
COMMENT ON FUNCTION croid.mint_one() IS 'Make one new CROID and announce it.';
