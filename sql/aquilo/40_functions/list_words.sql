CREATE OR REPLACE FUNCTION aquilo.list_words(_body jsonb)
RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  -- A tsvector holds a megabyte; a paper of thousands of authors is cut.
  SELECT coalesce(array_to_tsvector(array_agg(w.word)), '')
  FROM (
    SELECT DISTINCT p.code || '/' || left(x.lexeme, 200) AS word
    FROM (
      SELECT f.code, string_agg(v.value #>> '{}', ' ') AS words
      FROM aquilo.word_path AS f
      CROSS JOIN LATERAL jsonb_path_query(_body, f.path, '{}', true) AS v (value)
      WHERE _body ? f.member AND jsonb_typeof(v.value) IN ('string', 'number')
      GROUP BY f.code
    ) AS p
    CROSS JOIN LATERAL unnest(to_tsvector('pg_catalog.simple', left(aquilo.fold_text(p.words), 200000))) AS x
    LIMIT 10000
  ) AS w;
$$;
COMMENT ON FUNCTION aquilo.list_words(jsonb) IS 'The words of a prepared body, each with the field it stands in before it.';
