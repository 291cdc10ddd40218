CREATE OR REPLACE FUNCTION aquilo.join_terms(_left text[], _right text[])
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(array_agg(l.term || E'\u001f' || r.term), '{}')
  FROM unnest(_left) AS l (term) CROSS JOIN unnest(_right) AS r (term);
$$;
COMMENT ON FUNCTION aquilo.join_terms(text[], text[]) IS 'The terms of sub-objects that have one of the first and one of the second; the first come first in the alphabet.';
