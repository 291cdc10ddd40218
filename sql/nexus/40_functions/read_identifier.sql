CREATE OR REPLACE FUNCTION nexus.read_identifier(_type text, _id text)
RETURNS TABLE (scheme text, value text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
AS $$
  WITH bare AS (
    SELECT regexp_replace(
      btrim(_id),
      '^(https?://(dx\.)?doi\.org/|doi:|https?://ror\.org/|https?://orcid\.org/)', '', 'i'
    ) AS value
  ),
  typed AS (
    SELECT b.value,
      CASE
        WHEN b.value ~ '^10\.[0-9]{4,9}/' AND coalesce(lower(_type), 'uri') IN ('doi', 'uri', 'url', 'other')
          THEN 'doi'
        WHEN lower(_type) IN ('handle', 'hdl') THEN 'hdl'
        WHEN lower(_type) ~ '^[a-z]{2,20}$' THEN lower(_type)
        ELSE 'other'
      END AS scheme
    FROM bare AS b
  )
  SELECT t.scheme, coalesce(croid.normalise(t.scheme, t.value), t.value)
  FROM typed AS t
  WHERE t.value <> '' AND octet_length(t.value) <= 2000;
$$;
COMMENT ON FUNCTION nexus.read_identifier(text, text) IS 'The scheme and the normal form of an identifier in a relation; one that has no normal form stays as it is and is never found.';
