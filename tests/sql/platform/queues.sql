-- Queues belong to the owner of the rooms.
SET LOCAL ROLE nexus_owner;

-- A queue is made once, with its dead letters.
DO $$
BEGIN
  PERFORM platform.ensure_queue('tests_heard');
  PERFORM platform.ensure_queue('tests_heard');
  ASSERT (SELECT count(*) FROM pgmq.meta WHERE queue_name IN ('tests_heard', 'tests_heard_dead')) = 2;
  PERFORM platform.subscribe('tested', 'tests_heard');
  PERFORM platform.subscribe('tested', 'tests_heard');
  PERFORM platform.subscribe('tested', 'tests_too');
  ASSERT (SELECT array_agg(queue ORDER BY queue) FROM platform.subscription WHERE event = 'tested')
    = ARRAY['tests_heard', 'tests_too'];
END
$$;

-- An event goes to every queue that hears it, with at most 1,000 objects a message.
DO $$
DECLARE
  _croids uuid[];
  _task CONSTANT uuid := uuidv7();
  _message jsonb;
BEGIN
  SELECT array_agg(uuidv7()) INTO _croids FROM generate_series(1, 2001);
  ASSERT platform.announce('tested', _croids, 7, _task) = 6;
  ASSERT (SELECT array_agg(jsonb_array_length(message -> 'croids') ORDER BY msg_id) FROM pgmq.q_tests_heard)
    = ARRAY[1000, 1000, 1];
  ASSERT (
    SELECT array_agg(c.value::uuid ORDER BY q.msg_id, c.n)
    FROM pgmq.q_tests_heard AS q
    CROSS JOIN LATERAL jsonb_array_elements_text(q.message -> 'croids') WITH ORDINALITY AS c (value, n)
  ) = _croids;
  SELECT message INTO _message FROM pgmq.q_tests_too ORDER BY msg_id LIMIT 1;
  ASSERT _message @> jsonb_build_object('v', 1, 'event', 'tested', 'index', 7, 'task', _task);
  ASSERT (_message ->> 'at')::timestamptz = now();
  ASSERT platform.announce('nobody-hears-it', _croids) = 0;
  ASSERT platform.announce('tested', '{}') = 2, 'an event without objects is one message';
  ASSERT platform.announce('tested', NULL) = 2;
END
$$;

-- Who reads a message has it alone for a while; deleting, postponing, giving back.
DO $$
DECLARE
  _first bigint;
  _ids bigint[];
BEGIN
  SELECT array_agg(msg_id ORDER BY msg_id) INTO _ids FROM platform.read_messages('tests_heard', 60, 3);
  ASSERT cardinality(_ids) = 3;
  _first := _ids[1];
  ASSERT NOT _first = ANY (ARRAY(SELECT msg_id FROM platform.read_messages('tests_heard', 60, 1)));
  ASSERT platform.delete_messages('tests_heard', _ids[2:3]) = 2;
  ASSERT platform.delete_messages('tests_heard', _ids[2:3]) = 0, 'it is gone already';
  PERFORM platform.postpone_message('tests_heard', _first, 3600);
  ASSERT (SELECT vt FROM pgmq.q_tests_heard WHERE msg_id = _first) > clock_timestamp() + interval '50 minutes';
  ASSERT platform.give_back_messages('tests_heard', ARRAY[_first]) = 1;
  ASSERT (SELECT vt <= clock_timestamp() AND read_ct = 0 FROM pgmq.q_tests_heard WHERE msg_id = _first);
  ASSERT platform.give_back_messages('tests_heard', ARRAY[-1]) = 0;
  ASSERT (SELECT read_count FROM platform.read_messages('tests_heard', 60, 1)) = 1;
END
$$;

-- What was read five times in vain lies in the dead letters, with the reason, until it is sent again.
DO $$
DECLARE
  _dead record;
  _id bigint;
  _depth record;
BEGIN
  PERFORM pgmq.purge_queue('tests_heard');
  PERFORM platform.announce('tested', ARRAY[uuidv7()], 1);
  FOR _n IN 1..5 LOOP
    UPDATE pgmq.q_tests_heard SET vt = clock_timestamp();
    ASSERT (SELECT read_count FROM platform.read_messages('tests_heard', 60, 10)) = _n;
  END LOOP;
  UPDATE pgmq.q_tests_heard SET vt = clock_timestamp();
  ASSERT NOT EXISTS (SELECT FROM platform.read_messages('tests_heard', 60, 10));
  SELECT * INTO _depth FROM platform.queue_depth() WHERE queue = 'tests_heard';
  ASSERT _depth.waiting = 0 AND _depth.in_flight = 0 AND _depth.dead = 1 AND _depth.sent_total > 1;
  SELECT * INTO _dead FROM platform.list_dead('tests_heard', 10);
  ASSERT _dead.reason = 'read five times without success' AND _dead.message::jsonb ->> 'index' = '1';
  ASSERT _dead.buried_at = now();
  ASSERT platform.replay_dead('tests_heard') = 1;
  ASSERT platform.replay_dead('tests_heard') = 0;
  SELECT msg_id INTO _id FROM platform.read_messages('tests_heard', 60, 10);
  ASSERT platform.bury_message('tests_heard', _id, 'no good');
  ASSERT NOT platform.bury_message('tests_heard', _id, 'no good'), 'it is buried already';
  ASSERT (SELECT reason FROM platform.list_dead('tests_heard', 1)) = 'no good';
  PERFORM pgmq.send('tests_heard', '[1]'::jsonb);
  SELECT msg_id INTO _id FROM platform.read_messages('tests_heard', 60, 10);
  PERFORM platform.bury_message('tests_heard', _id, 'no object');
  ASSERT (SELECT message::jsonb FROM platform.list_dead('tests_heard', 10) WHERE reason = 'no object')
    = '{"message": [1]}';
  SELECT * INTO _depth FROM platform.queue_depth() WHERE queue = 'tests_too';
  ASSERT _depth.waiting > 0 AND _depth.oldest_age_s >= 0;
END
$$;

DO $$
DECLARE
  _statement text;
BEGIN
  FOREACH _statement IN ARRAY ARRAY[
    'SELECT platform.replay_dead(''nothing_here'')', 'SELECT platform.list_dead(''nothing_here'', 1)'
  ] LOOP
    BEGIN
      EXECUTE _statement;
      RAISE EXCEPTION 'went through: %', _statement;
    EXCEPTION WHEN SQLSTATE 'NX002' THEN
      CONTINUE;
    END;
  END LOOP;
END
$$;

-- Whom an event has not reached, since its message is dead, is found by the task.
DO $$
DECLARE
  _task uuid := uuidv7();
  _croids uuid[] := ARRAY[uuidv7(), uuidv7()];
BEGIN
  PERFORM pgmq.purge_queue('tests_heard');
  PERFORM platform.announce('tested', _croids, 1, _task);
  ASSERT NOT EXISTS (SELECT FROM platform.find_dead('tested', _task)), 'it waits';
  PERFORM platform.bury_message('tests_heard', r.msg_id, 'no good') FROM platform.read_messages('tests_heard', 60, 10) AS r;
  ASSERT (
    SELECT array_agg(d.croid ORDER BY d.croid) = ARRAY(SELECT c::text FROM unnest(_croids) AS c ORDER BY 1)
      AND min(d.reason) = 'no good'
    FROM platform.find_dead('tested', _task) AS d
  );
  ASSERT NOT EXISTS (SELECT FROM platform.find_dead('tested', uuidv7())), 'of another task';
  ASSERT NOT EXISTS (SELECT FROM platform.find_dead('heard-by-nobody', _task));
  PERFORM pgmq.send('tests_heard_dead', jsonb_build_object('event', 'tested', 'task', _task, 'croids', 7));
  ASSERT (SELECT count(*) FROM platform.find_dead('tested', _task)) = 2, 'what names nobody is passed over';
  PERFORM platform.replay_dead('tests_heard');
  ASSERT NOT EXISTS (SELECT FROM platform.find_dead('tested', _task)), 'it was sent again';
END
$$;
