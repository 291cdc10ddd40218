-- What was changed behind the back of the functions is found; rows that follow from content are mended.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _low CONSTANT uuid := uuidv7();
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
  _index bigint;
  _found record;
  _digests bytea[];
BEGIN
  SELECT max(r.index) INTO _index FROM catalog.revise(
    _vulcanus, 'a test', '{}', 'release', _croids,
    ARRAY['{"DOI": "10.5555/v1", "title": ["One"]}', '{"DOI": "10.5555/v2"}'], ARRAY['{}', '{}'],
    ARRAY[_croids[1]], ARRAY['author'], ARRAY['[{"family": "Ng"}]']
  ) AS r;
  ASSERT ARRAY['catalog.release', 'catalog.contributor', 'catalog.organisation_name']
    <@ ARRAY(SELECT catalog.list_projections());
  ASSERT NOT ARRAY['catalog.ident', 'catalog.revision', 'catalog.part', 'catalog.edit']
    && ARRAY(SELECT catalog.list_projections());
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_projections(_low, _croids[2], false));
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_content(_low, _croids[2]));
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_chain(1, _index));
  _digests := ARRAY(SELECT d.digest FROM catalog.digest_projections(_low, _croids[2]) AS d ORDER BY d.croid);
  ASSERT cardinality(_digests) = 2 AND _digests[1] <> _digests[2];

  -- A row of a projection: found, left as it was unless it is to be mended.
  UPDATE catalog.contributor AS c SET family_name = 'Other' WHERE c.croid = _croids[1];
  DELETE FROM croid.identifier AS d WHERE d.croid = _croids[2];
  ASSERT ARRAY(SELECT v.croid FROM catalog.verify_projections(_low, _croids[2], false) AS v) = _croids;
  ASSERT (SELECT c.family_name FROM catalog.contributor AS c WHERE c.croid = _croids[1]) = 'Other';
  ASSERT (SELECT bool_and(v.is_repaired) FROM catalog.verify_projections(_low, _croids[2], true) AS v);
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_projections(_low, _croids[2], false));
  ASSERT ARRAY(SELECT d.digest FROM catalog.digest_projections(_low, _croids[2]) AS d ORDER BY d.croid) = _digests;

  -- Rows of what is no object.
  INSERT INTO catalog.funding (croid, position) VALUES (_low, 0), (uuidv7(), 0);
  SELECT * INTO STRICT _found FROM catalog.verify_projections(_low, 'ffffffff-ffff-ffff-ffff-ffffffffffff', true);
  ASSERT _found.problem = 'it has rows and is not live' AND NOT _found.is_repaired;

  -- An identifier that another object holds cannot be given back: the others are judged all the same.
  UPDATE croid.identifier AS d SET croid = _low WHERE d.croid = _croids[1];
  ASSERT ARRAY(SELECT r.croid FROM catalog.reproject(_croids) AS r) = _croids[1:1];
  ASSERT ARRAY(SELECT v.croid FROM catalog.verify_projections(_low, _croids[2], true) AS v WHERE NOT v.is_repaired)
    = _croids[1:1];

  -- A body, a part, a part that is missing.
  UPDATE catalog.revision AS r SET body = r.body || '{"title": ["Two"]}' WHERE r.croid = _croids[2];
  UPDATE catalog.part AS p SET body = '[]' WHERE p.croid = _croids[1];
  ASSERT ARRAY(SELECT v.croid FROM catalog.verify_content(_low, _croids[2]) AS v ORDER BY v.croid) = _croids;
  DELETE FROM catalog.part AS p WHERE p.croid = _croids[1];
  ASSERT (SELECT v.problem LIKE 'a part is missing: %' FROM catalog.verify_content(_low, _croids[1]) AS v);

  -- A tombstone stands for what was taken away.
  UPDATE catalog.revision AS r SET body = '{"redacted": {"reason": "a name"}}', parts = '{}' WHERE r.croid = ANY (_croids);
  ASSERT EXISTS (SELECT FROM catalog.verify_content(_low, _croids[2])), 'only what was redacted has one';
  INSERT INTO catalog.redaction (croid, revision_id, redacted_by, reason)
  SELECT r.croid, r.revision_id, catalog.vulcanus(), 'a name' FROM catalog.revision AS r WHERE r.croid = ANY (_croids);
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_content(_low, _croids[2]));
  ASSERT NOT EXISTS (SELECT FROM catalog.verify_chain(1, _index));

  -- The chain.
  UPDATE catalog.changelog AS l SET edit_count = 3 WHERE l.index = _index;
  ASSERT (SELECT v.index FROM catalog.verify_chain(1, _index) AS v) = _index;
  UPDATE catalog.edit AS e SET action = 'revert' WHERE e.croid = _croids[1];
  ASSERT (SELECT v.problem LIKE 'the hash %' FROM catalog.verify_chain(_index, _index) AS v);
  DELETE FROM catalog.changelog AS l WHERE l.index = _index;
  ASSERT (SELECT count(*) FROM catalog.verify_chain(1, _index)) = 2;
END
$$;
