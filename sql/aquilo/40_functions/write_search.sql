CREATE OR REPLACE FUNCTION aquilo.write_search(_body jsonb, _language text)
RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    setweight(to_tsvector('pg_catalog.simple', t.titles), 'A')
    || setweight(to_tsvector('pg_catalog.simple', t.names), 'B')
    || setweight(to_tsvector('pg_catalog.simple', t.others), 'C')
    || setweight(to_tsvector('pg_catalog.simple', coalesce(lower(_body ->> 'DOI'), '')), 'D')
    || CASE
      WHEN t.config IS NULL THEN ''::tsvector ELSE setweight(to_tsvector(t.config, t.titles), 'A')
    END
  FROM (
    SELECT
      aquilo.read_text_config(_language) AS config,
      left(aquilo.fold_text(aquilo.join_texts(
        _body, '{$.title[*],$.subtitle[*],"$.\"original-title\"[*]","$.\"short-title\"[*]"}'
      )), 20000) AS titles,
      left(aquilo.fold_text((
        SELECT string_agg(concat_ws(' ', e.element ->> 'given', e.element ->> 'family', e.element ->> 'name'), ' ')
        FROM catalog.list_elements(_body -> 'people') AS e
      )), 100000) AS names,
      left(aquilo.fold_text(concat_ws(' ', aquilo.join_texts(
        _body, '{"$.\"container-title\"[*]","$.\"short-container-title\"[*]",$.publisher,$.ISSN[*]}'
      ), catalog.read_year(_body -> 'issued'))), 20000) AS others
  ) AS t;
$$;
COMMENT ON FUNCTION aquilo.write_search(jsonb, text) IS 'The search document of a prepared body: titles, names, container with publisher, year and ISSNs, DOI, in falling weight; titles stemmed too where the language is known.';
