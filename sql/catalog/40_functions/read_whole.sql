CREATE OR REPLACE FUNCTION catalog.read_whole(_number jsonb)
RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN jsonb_typeof(_number) = 'number' THEN
      CASE
        WHEN _number::numeric = trunc(_number::numeric)
          AND _number::numeric BETWEEN -9223372036854775808 AND 9223372036854775807
          THEN _number::numeric::bigint
      END
  END;
$$;
COMMENT ON FUNCTION catalog.read_whole(jsonb) IS 'A whole number of a body, or NULL where it is none.';
