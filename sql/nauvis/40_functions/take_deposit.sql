DROP FUNCTION IF EXISTS nauvis.take_deposit(
  uuid, nauvis.media, text, bytea, bigint, boolean, boolean, text, bytea[],
  integer[], text[], bigint[], integer[], bytea[], text[], boolean[], text[]
);
CREATE OR REPLACE FUNCTION nauvis.take_deposit(
  _editor_id uuid, _media nauvis.media, _origin text, _sha256 bytea, _size_bytes bigint,
  _is_test boolean, _is_atomic boolean, _idempotency_key text, _chunks bytea[],
  _ns integer[], _dois text[], _offsets bigint[], _sizes integer[], _sha256s bytea[],
  _expects text[], _refused boolean[], _problems text[],
  _states nauvis.doi_state[] DEFAULT NULL, _minted boolean[] DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _foreign text[];
  _deposit_id uuid;
  _croids uuid[];
BEGIN
  _deposit_id := nauvis.find_deposit(_editor_id, _idempotency_key, _sha256, _is_test, _is_atomic);
  IF _deposit_id IS NOT NULL THEN
    RETURN _deposit_id;
  END IF;
  _foreign := nauvis.list_foreign(_editor_id, _dois);
  IF _foreign <> '{}' THEN
    SELECT r.refused, r.problems INTO _refused, _problems
    FROM nauvis.refuse_foreign(_foreign, _is_atomic, _dois, _refused, _problems) AS r;
  END IF;
  INSERT INTO nauvis.deposit (
    editor_id, media, origin, sha256, size_bytes, record_count, is_test, is_atomic, idempotency_key
  )
  VALUES (
    _editor_id, _media, _origin, _sha256, _size_bytes, cardinality(_ns),
    _is_test, _is_atomic, _idempotency_key
  )
  ON CONFLICT DO NOTHING
  RETURNING deposit_id INTO _deposit_id;
  IF _deposit_id IS NULL THEN
    -- The same key came in twice at once, and the other was first.
    RETURN nauvis.find_deposit(_editor_id, _idempotency_key, _sha256, _is_test, _is_atomic);
  END IF;
  INSERT INTO nauvis.deposit_chunk (deposit_id, chunk_no, body)
  SELECT _deposit_id, c.n - 1, c.body FROM unnest(_chunks) WITH ORDINALITY AS c (body, n);
  IF _minted IS NOT NULL AND NOT _is_test THEN
    PERFORM nauvis.reserve_minted(ARRAY(
      SELECT u.doi FROM unnest(_dois, _refused, _minted) AS u (doi, is_refused, is_minted)
      WHERE u.is_minted AND NOT u.is_refused
    ));
  END IF;
  _croids := nauvis.name_records(_is_test, _dois, _refused);
  INSERT INTO nauvis.deposit_record (
    croid, deposit_id, n, doi, byte_offset, size_bytes, sha256, expect, is_refused, problems,
    state
  )
  SELECT u.croid, _deposit_id, u.n, u.doi, u.byte_offset, u.size_bytes,
         u.sha256, u.expect, u.is_refused, u.problems::jsonb, u.state
  FROM unnest(_croids, _ns, _dois, _offsets, _sizes, _sha256s, _expects, _refused, _problems,
    _states
  ) AS u (croid, n, doi, byte_offset, size_bytes, sha256, expect, is_refused, problems, state);
  PERFORM nauvis.settle_at_once(_deposit_id);
  SELECT array_agg(r.croid ORDER BY r.croid) INTO _croids
  FROM nauvis.deposit_record AS r
  WHERE r.deposit_id = _deposit_id AND NOT EXISTS (
    SELECT FROM nauvis.deposit_change AS c
    WHERE c.croid = r.croid AND c.deposit_id = r.deposit_id AND c.n = r.n
  );
  IF _croids IS NOT NULL THEN
    -- Both commit or neither does.
    PERFORM platform.announce('deposit-received', _croids, NULL, _deposit_id);
  END IF;
  RETURN _deposit_id;
END
$$;
COMMENT ON FUNCTION nauvis.take_deposit(
  uuid, nauvis.media, text, bytea, bigint, boolean, boolean, text, bytea[],
  integer[], text[], bigint[], integer[], bytea[], text[], boolean[], text[],
  nauvis.doi_state[], boolean[]
) IS 'Keep the bytes and records of a deposit, name its objects, and announce it; what is under a foreign prefix is refused; DOIs that were minted for it are reserved; a key that was used returns the deposit it was used for.';
