CREATE OR REPLACE FUNCTION aquilo.write_query(_text text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _configs CONSTANT regconfig[] := '{english,german,french,spanish,portuguese,italian,russian,dutch}';
  _token text;
  _stem text;
  _word tsquery;
  _query tsquery := '';
BEGIN
  FOR _token IN
    SELECT t.found[1]
    FROM regexp_matches(aquilo.fold_text(left(_text, 2000)), '("[^"]+"|\S+)', 'g') AS t (found) LIMIT 64
  LOOP
    IF _token LIKE '"%"' THEN
      _word := phraseto_tsquery('simple', _token);
    ELSIF _token ~ '[[:alnum:]]\*$' THEN
      _word := plainto_tsquery('simple', rtrim(_token, '*'));
      _stem := (
        SELECT l.lexeme FROM unnest(to_tsvector('simple', rtrim(_token, '*'))) AS l
        ORDER BY l.lexeme LIMIT 1
      );
      IF numnode(_word) = 1 THEN
        _word := (quote_literal(_stem) || ':*')::tsquery;
      END IF;
    ELSE
      _word := plainto_tsquery('simple', _token);
      IF numnode(_word) = 1 THEN
        FOR _stem IN
          SELECT DISTINCT s.query::text FROM unnest(_configs) AS c (config)
          CROSS JOIN LATERAL plainto_tsquery(c.config, _token) AS s (query)
          WHERE numnode(s.query) = 1 AND s.query <> _word
        LOOP
          _word := _word || _stem::tsquery;
        END LOOP;
      END IF;
    END IF;
    IF numnode(_word) > 0 THEN
      _query := CASE WHEN numnode(_query) = 0 THEN _word ELSE _query && _word END;
    END IF;
  END LOOP;
  RETURN _query;
END
$$;
COMMENT ON FUNCTION aquilo.write_query(text) IS 'The words of a query as a search of aquilo.document.search: all of them, stems too; "a phrase" as such, and what begins like this*.';
