CREATE OR REPLACE FUNCTION aquilo.read_text_config(_language text)
RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE left(lower(_language), 2)
    WHEN 'en' THEN 'pg_catalog.english'
    WHEN 'de' THEN 'pg_catalog.german'
    WHEN 'fr' THEN 'pg_catalog.french'
    WHEN 'es' THEN 'pg_catalog.spanish'
    WHEN 'pt' THEN 'pg_catalog.portuguese'
    WHEN 'it' THEN 'pg_catalog.italian'
    WHEN 'ru' THEN 'pg_catalog.russian'
    WHEN 'nl' THEN 'pg_catalog.dutch'
    WHEN 'tr' THEN 'pg_catalog.turkish'
    WHEN 'id' THEN 'pg_catalog.indonesian'
  END::regconfig;
$$;
COMMENT ON FUNCTION aquilo.read_text_config(text) IS 'How words of a language are stemmed; null where they are not.';
