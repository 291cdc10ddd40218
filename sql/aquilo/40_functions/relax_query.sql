CREATE OR REPLACE FUNCTION aquilo.relax_query(_text text)
RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  WITH common AS (
    SELECT e.word, e.frequency
    FROM pg_stats AS s
    CROSS JOIN LATERAL ROWS FROM (
      unnest(s.most_common_elems::text::text[]), unnest(s.most_common_elem_freqs)
    ) AS e (word, frequency)
    WHERE s.schemaname = 'aquilo' AND s.tablename = 'document' AND s.attname = 'search'
  ),
  word AS (
    -- Words that the statistics do not name are rarer than all that they name.
    SELECT l.lexeme,
      coalesce(c.frequency, (SELECT min(o.frequency) / 2 FROM common AS o), 0) AS frequency
    FROM unnest(to_tsvector('simple', aquilo.fold_text(left(_text, 2000)))) AS l
    LEFT JOIN common AS c ON c.word = l.lexeme
    WHERE length(l.lexeme) > 1
    ORDER BY 2, length(l.lexeme) DESC, l.lexeme
    LIMIT 8
  ),
  pair AS (
    SELECT quote_literal(a.lexeme) || ' & ' || quote_literal(b.lexeme) AS both_words,
      a.frequency * b.frequency AS share,
      row_number() OVER (ORDER BY a.frequency * b.frequency, a.lexeme, b.lexeme) AS place
    FROM word AS a JOIN word AS b ON a.lexeme < b.lexeme
  )
  SELECT coalesce(string_agg(p.both_words, ' | ' ORDER BY p.place), '')::tsquery
  FROM pair AS p
  -- However many works there are: two words that many of them have find nobody's work.
  WHERE p.place = 1 OR p.share * (
    SELECT greatest(t.reltuples, 0) FROM pg_class AS t WHERE t.oid = 'aquilo.document'::regclass
  ) <= 500;
$$;
COMMENT ON FUNCTION aquilo.relax_query(text) IS 'Any two of the eight rarest words of a query that few works have both: for who mistypes the others.';
