CREATE OR REPLACE FUNCTION aquilo.write_field_query(_codes text[], _text text)
RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(
    string_agg('(' || (
      SELECT string_agg(
        quote_literal(c.code || '/' || t.word) || CASE WHEN t.is_prefix THEN ':*' ELSE '' END,
        ' | '
      )
      FROM unnest(_codes) AS c (code)
    ) || ')', ' & '), ''
  )::tsquery
  FROM (
    SELECT x.lexeme AS word, bool_or(w.word[1] ~ '[[:alnum:]]\*$') AS is_prefix
    FROM regexp_matches(aquilo.fold_text(left(_text, 2000)), '(\S+)', 'g') AS w (word)
    CROSS JOIN LATERAL unnest(to_tsvector('pg_catalog.simple', w.word[1])) AS x
    GROUP BY x.lexeme LIMIT 64
  ) AS t;
$$;
COMMENT ON FUNCTION aquilo.write_field_query(text[], text) IS 'Words as a search of aquilo.document.fields: each in one of these fields; begins* means what begins so.';
