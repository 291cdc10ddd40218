CREATE OR REPLACE FUNCTION aquilo.combine_terms(_terms text[])
RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5
AS $$
  SELECT t.term FROM unnest(_terms) AS t (term)
  UNION ALL
  SELECT a.term || E'\u001f' || b.term
  FROM unnest(_terms) WITH ORDINALITY AS a (term, n)
  JOIN unnest(_terms) WITH ORDINALITY AS b (term, n) ON a.n < b.n
  UNION ALL
  SELECT array_to_string(_terms, E'\u001f') WHERE cardinality(_terms) > 2;
$$;
COMMENT ON FUNCTION aquilo.combine_terms(text[]) IS 'The terms of one sub-object, up to three and in the order of the alphabet: each alone, each two, and all.';
