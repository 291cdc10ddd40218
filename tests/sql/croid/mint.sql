SET LOCAL ROLE nexus_owner;

-- Each mint announces itself once, to every queue that hears it.
DO $$
DECLARE
  _croids uuid[];
  _told uuid[];
BEGIN
  PERFORM platform.ensure_queue('catalog_minted_test');
  INSERT INTO platform.subscription (event, queue) VALUES ('croid-minted', 'catalog_minted_test');
  _croids := croid.mint(1000);
  ASSERT cardinality(_croids) = 1000;
  ASSERT (SELECT array_agg(DISTINCT m.croid) FROM unnest(_croids) AS m (croid)) = _croids, 'ascending';
  ASSERT (SELECT bool_and(uuid_extract_version(m.croid) = 7) FROM unnest(_croids) AS m (croid));
  ASSERT (SELECT count(*) FROM pgmq.q_catalog_minted_test) = 1;
  SELECT array_agg(c.croid::uuid) INTO _told
  FROM pgmq.q_catalog_minted_test AS q, jsonb_array_elements_text(q.message -> 'croids') AS c (croid);
  ASSERT _told = _croids;
  ASSERT croid.mint_one() > _croids[1000];
  ASSERT (SELECT count(*) FROM pgmq.q_catalog_minted_test) = 2;
END
$$;

DO $$
DECLARE
  _count integer;
BEGIN
  FOREACH _count IN ARRAY ARRAY[0, -1, 1001, NULL] LOOP
    BEGIN
      PERFORM croid.mint(_count);
    EXCEPTION WHEN SQLSTATE 'NX105' THEN
      CONTINUE;
    END;
    RAISE EXCEPTION 'minted %', _count;
  END LOOP;
END
$$;
