DO $$
DECLARE
  _croids uuid[];
BEGIN
  SELECT array_agg(uuidv7()) INTO _croids FROM generate_series(1, 999);
  PERFORM croid.lock(_croids || _croids[1]);
  PERFORM croid.lock('{}');
  ASSERT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) = 999;
  BEGIN
    PERFORM croid.lock(_croids || _croids[1:2]);
  EXCEPTION WHEN SQLSTATE 'NX106' THEN
    RETURN;
  END;
  RAISE EXCEPTION 'locked 1,001';
END
$$;
