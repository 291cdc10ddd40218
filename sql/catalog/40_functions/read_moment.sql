CREATE OR REPLACE FUNCTION catalog.read_moment(_text text)
RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN _text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$'
      AND pg_input_is_valid(_text, 'timestamptz')
      THEN _text::timestamptz
  END;
$$;
COMMENT ON FUNCTION catalog.read_moment(text) IS 'A moment of a body, written in UTC as RFC 3339 says, or NULL where it is none.';
