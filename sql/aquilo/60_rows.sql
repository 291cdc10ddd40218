INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX702', 'malformed-cursor', 400, 'The cursor was not made by this service.', 'Begin again with cursor=*.'),
('NX703', 'cursor-mismatch', 400, 'The cursor belongs to another query.', 'Send the cursor with the same parameters it was given for, or begin again with cursor=*.'),
('NX704', 'malformed-path', 400, 'The path of the request cannot be read.', 'Percent-encode it as UTF-8, once, without control characters.'),
('NX705', 'no-such-route', 404, 'Nothing is served under this path.', 'The routes are listed in /openapi.json.'),
('NX706', 'method-not-allowed', 405, 'The resource does not answer this method.', 'The Allow header lists the methods it answers.'),
('NX707', 'not-acceptable', 406, 'The resource has no representation of a type that was asked for.', 'The detail lists the types there are.'),
('NX708', 'body-too-large', 413, 'The body of the request is larger than what is taken.', 'Split it: 10,000 records or 50 MB a deposit.'),
('NX709', 'validation-failed', 400, 'A parameter or the body of the request is not valid.', 'Each message names the place and what was expected there.'),
('NX710', 'unsupported-media-type', 415, 'The body is of a type that is not taken here.', 'Send application/json.'),
('NX711', 'key-required', 401, 'Writing needs a key.', 'Send Authorization: Bearer with a key; an editor gets the first one from an admin or the operator.'),
('NX712', 'bad-key', 401, 'The key is not known, has expired or was revoked.', 'Leave the Authorization header out, or ask the operator for a new key.'),
('NX713', 'malformed-request', 400, 'The request is not one that can be answered.', 'The detail says what is wrong with it.'),
('NX714', 'busy', 503, 'The request met too many others and was given up.', 'Try again after the seconds in Retry-After.'),
('NX715', 'gone', 410, 'There was such an object, and it was deleted.', 'GET /changes tells when; its revisions stay readable under /cro/{croid}/revisions.'),
('NX716', 'no-such-revision', 404, 'The object has no accepted revision of this id.', 'GET /cro/{croid} names the current one.'),
('NX717', 'index-not-reached', 503, 'What is known here is older than X-Nexus-Min-Index asks for.', 'Try again after the seconds in Retry-After.'),
('NX718', 'no-log-in', 501, 'Nobody logs in here by way of another service.', 'Ask an admin or the operator for a key, and send it as Authorization: Bearer.'),
('NX719', 'too-many-requests', 429, 'This client has made as many requests as it may for now.', 'Try again after the seconds in Retry-After; a mailto in the query gives more room.'),
('NX728', 'slow-body', 408, 'The body of the request did not arrive in time.', 'Send it again, faster: 10 kB a second are awaited, after 20 seconds of grace.'),
('NX741', 'no-such-item', 404, 'Nothing is known of a member, prefix, funder, journal, type or licence of this id.', 'The list of the collection has those there are.'),
('NX740', 'query-too-dear', 400, 'The query would take longer than one query may.', 'Ask for less: a filter that selects fewer works, fewer facets, or no sample or sort of everything.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug,
  http_status = excluded.http_status,
  meaning = excluded.meaning,
  hint = excluded.hint;

INSERT INTO aquilo.pool (pool, requests, interval_s) VALUES
('public', 50, 1), ('polite', 100, 1), ('plus', 500, 1), ('stranger', 20, 60),
('proposer', 20, 3600)
ON CONFLICT (pool) DO NOTHING;

SELECT platform.subscribe('accepted', 'aquilo_accepted');

INSERT INTO platform.replicated_table (table_name)
VALUES ('aquilo.document'), ('aquilo.cited'), ('aquilo.notice'), ('aquilo.listed') ON CONFLICT DO NOTHING;
INSERT INTO platform.published_column (table_name, column_name, is_public)
SELECT c.table_name, c.column_name, true
FROM (
  SELECT 'aquilo.document', unnest($columns${
    croid,search,fields,terms,title,title_key,created_at,deposited_at,indexed_at,changed_index,
    reference_count,issued_on,published_on,online_on,print_on,posted_on,accepted_on,approved_on,
    awarded_on,event_start_on,event_end_on,award_amounts
  }$columns$::text[])
  UNION ALL
  SELECT 'aquilo.cited', unnest('{croid,cited_by_count}'::text[])
  UNION ALL
  SELECT 'aquilo.listed', unnest('{collection,id,name,detail,search}'::text[])
  UNION ALL
  SELECT 'aquilo.notice', unnest('{croid,position,doi,update_type,label,updated_on,source}'::text[])
) AS c (table_name, column_name)
ON CONFLICT (table_name, column_name) DO UPDATE SET is_public = excluded.is_public;
