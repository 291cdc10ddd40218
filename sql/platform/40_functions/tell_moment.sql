CREATE OR REPLACE FUNCTION platform.tell_moment()
RETURNS text
LANGUAGE sql STABLE
-- Without a path of its own it is part of the query that asks, which then costs hardly anything.
AS $$
  SELECT
    CASE WHEN NOT pg_catalog.pg_is_in_recovery()
      AND pg_catalog.pg_current_xact_id_if_assigned() IS NULL
    -- Numbers of transactions can come again after a restore, and after a crash.
    THEN pg_catalog.concat_ws('@', pg_catalog.pg_current_snapshot(),
      pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()),
      pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_bgwriter_stat_reset_time()))
    END
$$;
COMMENT ON FUNCTION platform.tell_moment() IS 'What a statement sees, as a name: two statements with the same name see the same rows, as nothing was committed between them. NULL where that cannot be told: on a standby, and in a transaction that has written.';
