CREATE OR REPLACE FUNCTION nauvis.reserve_minted(_dois text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _taken text;
BEGIN
  SELECT string_agg(r.value, ', ') INTO _taken
  FROM croid.reserve('doi', _dois, 'release') AS r WHERE NOT r.is_new;
  IF _taken IS NOT NULL THEN
    PERFORM platform.raise_error('doi-taken', _taken);
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.reserve_minted(text[]) IS 'Reserve DOIs that were coined just now; refuses them where somebody else was first.';
