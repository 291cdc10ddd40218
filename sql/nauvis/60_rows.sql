INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX300', 'no-such-deposit', 404, 'There is no deposit of this id.', 'Use the Location of the answer to POST /deposits.'),
('NX301', 'key-reused', 422, 'The Idempotency-Key was used for another deposit.', 'Use a new key for a new deposit, and the same key only to send the same bytes again, with the same test and atomic.'),
('NX302', 'malformed-deposit', 400, 'The deposit cannot be read as a whole.', 'The detail names the place; compare with the schema in the documentation.'),
('NX303', 'deposit-too-large', 413, 'A deposit holds at most 10,000 records and 50 MB.', 'Split it; records of one deposit need not come together.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;
