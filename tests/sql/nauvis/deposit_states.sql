-- How far a deposit has come, told from its counts and from the dead letters.
DO $$
DECLARE
  _id CONSTANT uuid := uuidv7();
BEGIN
  ASSERT nauvis.find_state(_id, 2, 0, 0) = 'received';
  ASSERT nauvis.find_state(_id, 2, 1, 1) = 'processing';
  ASSERT nauvis.find_state(_id, 2, 2, 0) = 'completed';
  ASSERT nauvis.find_state(_id, 2, 2, 1) = 'completed-with-errors';
END
$$;

DO $$
DECLARE
  _id CONSTANT uuid := uuidv7();
  _croid CONSTANT uuid := uuidv7();
  _queue text;
BEGIN
  INSERT INTO nauvis.deposit (deposit_id, editor_id, media, origin, size_bytes, sha256, record_count)
  VALUES (_id, '00000000-0000-7000-8000-000000000002', 'deposit', 'http', 1, '', 1);
  INSERT INTO nauvis.deposit_record (croid, deposit_id, n, byte_offset, size_bytes, sha256)
  VALUES (_croid, _id, 1, 0, 1, '');
  SELECT s.queue INTO _queue FROM platform.subscription AS s WHERE s.event = 'deposit-received';
  PERFORM pgmq.send(_queue || '_dead', jsonb_build_object(
    'event', 'deposit-received', 'task', _id, 'croids', jsonb_build_array(_croid), 'reason', 'x'
  ));
  ASSERT nauvis.find_state(_id, 1, 0, 0) = 'failed';
END
$$;
