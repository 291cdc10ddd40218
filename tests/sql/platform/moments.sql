-- A statement has one name for what it sees; who has written sees more than has a name.
DO $$
BEGIN
  ASSERT (SELECT platform.tell_moment() = platform.tell_moment());
  ASSERT (SELECT platform.tell_moment() LIKE pg_current_snapshot()::text || '@%@%');
  CREATE TEMPORARY TABLE written (number integer);
  ASSERT platform.tell_moment() IS NULL;
END
$$;
