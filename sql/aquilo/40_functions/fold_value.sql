CREATE OR REPLACE FUNCTION aquilo.fold_value(_form text, _value text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  -- What is longer than 400 characters is cut on both sides, so that an index can hold it.
  SELECT nullif(left(CASE _form
    WHEN 'exact' THEN btrim(_value)
    WHEN 'lower' THEN lower(btrim(_value))
    WHEN 'label' THEN initcap(replace(_value, '-', ' '))
    WHEN 'doi' THEN regexp_replace(lower(btrim(_value)), '^(https?://(dx\.)?doi\.org/|doi:)', '')
    WHEN 'prefix' THEN
      split_part(regexp_replace(lower(btrim(_value)), '^(https?://(dx\.|id\.)?(doi|crossref)\.org/(prefix/)?|doi:)', ''), '/', 1)
    WHEN 'funder' THEN
      regexp_replace(
        regexp_replace(lower(btrim(_value)), '^(https?://(dx\.)?doi\.org/|doi:)', ''), '^([0-9]+)$', '10.13039/\1'
      )
    WHEN 'orcid' THEN substring(upper(_value) FROM '(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\s*$')
    WHEN 'ror' THEN substring(lower(_value) FROM '(?:^|/)(0[a-z0-9]{6}[0-9]{2})\s*$')
    WHEN 'issn' THEN
      regexp_replace(substring(upper(_value) FROM '([0-9]{4}-?[0-9]{3}[0-9X])\s*$'), '^(.{4})-?', '\1-')
    WHEN 'isbn' THEN regexp_replace(substring(upper(_value) FROM '([0-9X-]{10,17})\s*$'), '-', '', 'g')
    WHEN 'member' THEN substring(_value FROM '([0-9]+)\s*$')
    WHEN 'url' THEN regexp_replace(lower(btrim(_value)), '^https?://|/+$', '', 'g')
  END, 400), '');
$$;
COMMENT ON FUNCTION aquilo.fold_value(text, text) IS 'A value as it is compared: identifiers without what may be written around them; null where it is none of its form.';
