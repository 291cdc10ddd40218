CREATE OR REPLACE FUNCTION aquilo.list_amounts(_body jsonb)
RETURNS numeric[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT array_agg(DISTINCT (a.amount #>> '{}')::numeric)
  FROM jsonb_path_query(
    _body, 'lax $.project[*].*."amount" ? (@.type() == "number")', '{}', true
  ) AS a (amount);
$$;
COMMENT ON FUNCTION aquilo.list_amounts(jsonb) IS 'The amounts that the projects of a grant were awarded; null where none is known.';
