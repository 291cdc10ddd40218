-- Ids of a batch are new UUIDs of version 7, in order, and later than what was made before.
DO $$
DECLARE
  _before CONSTANT uuid := uuidv7();
  _ids uuid[];
  _others uuid[];
BEGIN
  SELECT array_agg(m.id ORDER BY m.n) INTO _ids FROM platform.make_ids(2000) AS m;
  ASSERT cardinality(_ids) = 2000;
  ASSERT (SELECT array_agg(DISTINCT u.id) FROM unnest(_ids) AS u (id)) = _ids, 'ascending';
  ASSERT (SELECT bool_and(uuid_extract_version(u.id) = 7) FROM unnest(_ids) AS u (id));
  ASSERT (SELECT bool_and(substr(u.id::text, 20, 1) ~ '[89ab]') FROM unnest(_ids) AS u (id)), 'variant';
  ASSERT (SELECT count(DISTINCT uuid_extract_timestamp(u.id)) FROM unnest(_ids) AS u (id)) = 1;
  ASSERT _ids[1] > _before AND uuidv7() > _ids[2000];
  SELECT array_agg(m.id ORDER BY m.n) INTO _others FROM platform.make_ids(2000) AS m;
  ASSERT NOT _ids && _others;
  ASSERT NOT EXISTS (SELECT FROM platform.make_ids(0));
END
$$;

-- However large the batch, the variant stays what it is.
DO $$
DECLARE
  _last uuid;
BEGIN
  SELECT m.id INTO _last FROM platform.make_ids(2000000) AS m ORDER BY m.n DESC LIMIT 1;
  ASSERT uuid_extract_version(_last) = 7 AND (SELECT count(*) FROM platform.make_ids(2000000)) = 1000000;
END
$$;
