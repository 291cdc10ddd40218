CREATE OR REPLACE FUNCTION aquilo.make_terms(_term text, _form text, _values text[])
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(array_agg(_term || '=' || aquilo.fold_value(_form, v.value)), '{}')
  FROM unnest(_values) AS v (value) WHERE aquilo.fold_value(_form, v.value) IS NOT NULL;
$$;
COMMENT ON FUNCTION aquilo.make_terms(text, text, text[]) IS 'The terms that documents have which hold one of these values.';
