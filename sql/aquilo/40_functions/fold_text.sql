CREATE OR REPLACE FUNCTION aquilo.fold_text(_text text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT lower(regexp_replace(
    normalize(regexp_replace(coalesce(_text, ''), '</?[[:alpha:]][^<>]{0,80}>', '', 'g'), NFKD),
    '[\u0300-\u036f]', '', 'g'
  ));
$$;
COMMENT ON FUNCTION aquilo.fold_text(text) IS 'Text as it is searched: in lower case, without markup and accents.';
