CREATE OR REPLACE FUNCTION nauvis.refuse_foreign(
  _foreign text[], _is_atomic boolean, _dois text[], _refused boolean[], _problems text[],
  OUT refused boolean[], OUT problems text[]
)
RETURNS record
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  SELECT
    array_agg(u.is_refused OR u.is_foreign OR _is_atomic ORDER BY u.n),
    array_agg(
      CASE WHEN u.is_refused OR NOT (u.is_foreign OR _is_atomic) THEN u.problems
      ELSE (
        coalesce(u.problems::jsonb, '[]') || jsonb_build_object(
          'code', CASE WHEN u.is_foreign THEN 'not-your-prefix' ELSE 'atomic' END,
          'pointer', CASE WHEN u.is_foreign THEN '/doi' ELSE '' END,
          'detail', CASE WHEN u.is_foreign
            THEN format('the prefix %s is not yours to deposit under', split_part(u.doi, '/', 1))
            ELSE 'another record of this atomic deposit was refused' END,
          'severity', 'error'
        )
      )::text END
      ORDER BY u.n
    )
  INTO refused, problems
  FROM (
    SELECT r.*, NOT r.is_refused AND split_part(r.doi, '/', 1) = ANY (_foreign) AS is_foreign
    FROM unnest(_dois, _refused, _problems) WITH ORDINALITY AS r (doi, is_refused, problems, n)
  ) AS u;
  IF NOT false = ANY (refused) AND false = ANY (_refused) THEN
    PERFORM platform.raise_error('not-your-prefix', array_to_string(_foreign, ', '));
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.refuse_foreign(text[], boolean, text[], boolean[], text[]) IS 'Refuse the records of a deposit under foreign prefixes, each with its problem, all if it is atomic; where none is left to take, the whole deposit.';
