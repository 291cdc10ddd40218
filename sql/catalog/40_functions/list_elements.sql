CREATE OR REPLACE FUNCTION catalog.list_elements(_array jsonb)
RETURNS TABLE (place integer, element jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 8
AS $$
  SELECT (e.n - 1)::integer, e.element
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(_array) = 'array' THEN _array ELSE '[]' END)
    WITH ORDINALITY AS e (element, n);
$$;
COMMENT ON FUNCTION catalog.list_elements(jsonb) IS 'The elements of an array with their zero-based places; nothing where it is no array.';
