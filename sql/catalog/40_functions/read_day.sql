CREATE OR REPLACE FUNCTION catalog.read_day(_text text)
RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN _text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND pg_input_is_valid(_text, 'date') THEN _text::date
  END;
$$;
COMMENT ON FUNCTION catalog.read_day(text) IS 'A day of a body, written YYYY-MM-DD, or NULL where it is none.';
