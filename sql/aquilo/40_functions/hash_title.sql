CREATE OR REPLACE FUNCTION aquilo.hash_title(_folded text)
RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT hashtextextended(regexp_replace(_folded, '[^[:alnum:]]+', '', 'g'), 0);
$$;
COMMENT ON FUNCTION aquilo.hash_title(text) IS 'Hash of the letters and digits of a folded title: equal titles have an equal one, however they are punctuated.';
