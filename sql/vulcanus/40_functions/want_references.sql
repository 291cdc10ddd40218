CREATE OR REPLACE FUNCTION vulcanus.want_references(_croids uuid[])
RETURNS integer
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT platform.announce('references-wanted', _croids) WHERE _croids <> '{}';
$$;
COMMENT ON FUNCTION vulcanus.want_references(uuid[]) IS 'Have what these releases cite looked up; returns how many messages that were.';
