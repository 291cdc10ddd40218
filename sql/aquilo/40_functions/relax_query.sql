CREATE OR REPLACE FUNCTION aquilo.relax_query(_text text)
RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  -- Words that the statistics do not name are rarer than all that they name.
  WITH word AS (
    SELECT l.lexeme, coalesce(f.frequency, 0) AS frequency
    FROM unnest(to_tsvector('simple', aquilo.fold_text(left(_text, 2000)))) AS l
    LEFT JOIN (
      SELECT e.word, e.frequency
      FROM pg_stats AS s
      CROSS JOIN LATERAL ROWS FROM (
        unnest(s.most_common_elems::text::text[]), unnest(s.most_common_elem_freqs)
      ) AS e (word, frequency)
      WHERE s.schemaname = 'aquilo' AND s.tablename = 'document' AND s.attname = 'search'
    ) AS f ON f.word = l.lexeme
    WHERE length(l.lexeme) > 1
    ORDER BY 2, length(l.lexeme) DESC, l.lexeme
    LIMIT 8
  )
  SELECT coalesce(
    string_agg(quote_literal(a.lexeme) || ' & ' || quote_literal(b.lexeme), ' | '), ''
  )::tsquery
  FROM word AS a JOIN word AS b ON a.lexeme < b.lexeme;
$$;
COMMENT ON FUNCTION aquilo.relax_query(text) IS 'Any two of the eight rarest words of a query: for who mistypes the others.';
