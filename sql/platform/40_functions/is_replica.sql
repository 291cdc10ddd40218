CREATE OR REPLACE FUNCTION platform.is_replica()
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM pg_subscription AS s
    JOIN pg_database AS d ON d.oid = s.subdbid
    WHERE d.datname = current_database() AND 'nexus_changelog' = ANY (s.subpublications)
  );
$$;
COMMENT ON FUNCTION platform.is_replica() IS 'Whether this database follows another by the publication nexus_changelog.';
