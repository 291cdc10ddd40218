CREATE OR REPLACE FUNCTION catalog.read_integer(_number jsonb)
RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN jsonb_typeof(_number) = 'number' THEN
      CASE
        WHEN _number::numeric = trunc(_number::numeric)
          AND _number::numeric BETWEEN -2147483648 AND 2147483647
          THEN _number::numeric::integer
      END
  END;
$$;
COMMENT ON FUNCTION catalog.read_integer(jsonb) IS 'A small whole number of a body, such as a year, or NULL where it is none.';
