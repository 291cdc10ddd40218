CREATE OR REPLACE FUNCTION nauvis.hold_own(
  _editor_id uuid, _doi text,
  OUT croid uuid, OUT state nauvis.doi_state, OUT member_id integer
)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  member_id := nauvis.check_owner(_editor_id, ARRAY[_doi]);
  PERFORM nauvis.hold_dois(ARRAY[_doi]);
  SELECT i.croid INTO croid
  FROM croid.identifier AS i WHERE i.scheme = 'doi' AND i.value = _doi;
  IF croid IS NOT NULL THEN
    PERFORM croid.lock(ARRAY[croid]);
    PERFORM nauvis.check_settled(croid, _doi);
    state := nauvis.state_of(croid);
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.hold_own(uuid, text) IS 'The object and state of a DOI of the editor''s member, held until commit; refuses a foreign one, and one on which a deposit waits. Null where there is none.';
