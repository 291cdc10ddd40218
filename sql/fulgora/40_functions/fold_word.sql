CREATE OR REPLACE FUNCTION fulgora.fold_word(_text text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT trim(BOTH '_' FROM regexp_replace(lower(_text), '[^a-z]+', '_', 'g'));
$$;
COMMENT ON FUNCTION fulgora.fold_word(text) IS 'A word of a vocabulary without case, spaces and punctuation, as fulgora.update_word has it.';
