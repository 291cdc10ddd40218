-- An error is raised by its slug, with its code, hint and what happened.
DO $$
DECLARE
  _detail text;
  _hint text;
BEGIN
  BEGIN
    PERFORM platform.raise_error('no-such-task', 'task 7');
    RAISE EXCEPTION 'nothing was raised';
  EXCEPTION WHEN SQLSTATE 'NX001' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL, _hint = PG_EXCEPTION_HINT;
    ASSERT SQLERRM = 'no-such-task' AND _detail = 'task 7' AND _hint <> '';
  END;
  BEGIN
    PERFORM platform.raise_error('no-such-task');
  EXCEPTION WHEN SQLSTATE 'NX001' THEN
    GET STACKED DIAGNOSTICS _detail = PG_EXCEPTION_DETAIL;
    ASSERT _detail = '';
  END;
  BEGIN
    PERFORM platform.raise_error('not-an-error');
    RAISE EXCEPTION 'nothing was raised';
  EXCEPTION WHEN raise_exception THEN
    ASSERT SQLERRM LIKE '%not-an-error%', SQLERRM;
  END;
END
$$;

-- Every error has what a reader needs, and its code says whose it is.
DO $$
BEGIN
  ASSERT (SELECT count(*) FROM platform.error) > 50;
  ASSERT NOT EXISTS (SELECT FROM platform.error AS e WHERE e.meaning !~ '\.$' OR e.hint !~ '\.$');
  ASSERT NOT EXISTS (SELECT FROM platform.error AS e WHERE e.hint IS NULL);
END
$$;
