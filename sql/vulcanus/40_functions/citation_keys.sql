CREATE OR REPLACE FUNCTION vulcanus.citation_keys(
  _text text, _surnames text[], _years integer[], _volumes text[], _pages text[]
)
RETURNS TABLE (key text, weight text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 30
AS $$
  WITH worded AS MATERIALIZED (
    SELECT vulcanus.citation_words(_text) AS words
  ),
  named AS MATERIALIZED (
    SELECT DISTINCT w.words[cardinality(w.words)] AS name
    FROM unnest(_surnames[:6]) AS s (surname)
    CROSS JOIN LATERAL (SELECT vulcanus.citation_words(s.surname) OFFSET 0) AS w (words)
    WHERE w.words IS NOT NULL
  )
  SELECT 'v' || u.volume || 'p' || u.page, 'A'
  FROM unnest(_volumes, _pages) AS u (volume, page)
  WHERE u.volume <> '' AND u.page <> ''
  UNION
  SELECT 'a' || n.name || 'p' || p.page, 'A'
  FROM named AS n CROSS JOIN unnest(_pages) AS p (page) WHERE p.page <> ''
  UNION
  SELECT 'a' || n.name || 'y' || y.year, 'B'
  FROM named AS n CROSS JOIN unnest(_years) AS y (year) WHERE y.year IS NOT NULL
  UNION
  -- Three words in a row are rare enough to be looked up; a shorter title is one key.
  SELECT 't' || array_to_string(w.words[g.n:g.n + 2], '_'), 'C'
  FROM worded AS w
  CROSS JOIN LATERAL generate_series(1, greatest(least(cardinality(w.words), 80) - 2, 1)) AS g (n)
  WHERE w.words IS NOT NULL;
$$;
COMMENT ON FUNCTION vulcanus.citation_keys(text, text[], integer[], text[], text[]) IS 'The keys under which a release and the references to it meet; volumes and pages belong together by place. Both sides are made by this function.';
