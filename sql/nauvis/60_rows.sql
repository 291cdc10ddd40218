INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX300', 'no-such-deposit', 404, 'There is no deposit of this id.', 'Use the Location of the answer to POST /deposits.'),
('NX301', 'key-reused', 422, 'The Idempotency-Key was used for another deposit.', 'Use a new key for a new deposit, and the same key only to send the same bytes again, with the same test and atomic.'),
('NX302', 'malformed-deposit', 400, 'The deposit cannot be read as a whole.', 'The detail names the place; compare with the schema in the documentation.'),
('NX303', 'deposit-too-large', 413, 'A deposit holds at most 10,000 records and 50 MB.', 'Split it; records of one deposit need not come together.'),
('NX310', 'no-such-member', 404, 'There is no member of this number or name.', 'nexus member list shows them.'),
('NX311', 'member-exists', 409, 'Another member has this name, whatever its case.', 'Choose another name, or give the member that is there a key: nexus member key.'),
('NX312', 'bad-prefix', 400, 'This cannot be a DOI prefix.', 'A prefix is 10. and a number of 4 to 9 digits, like 10.5555.'),
('NX313', 'not-your-prefix', 403, 'The DOI is under a prefix that whoever asks does not own.', 'Use a key of the member that owns the prefix; nexus member list shows who owns which.'),
('NX314', 'not-your-member', 403, 'The key is not one of this member, or its role does not allow it.', 'Use a key of the member with the role that the detail names; its owners issue them.'),
('NX315', 'prefix-owned', 409, 'Somebody owns the prefix, then or later.', 'Transfer it: nexus member prefix NAME PREFIX --transfer, from a day on which nothing later is known.'),
('NX316', 'no-such-key', 404, 'The member has no key of this id that is good.', 'GET /members/{id}/keys lists them.'),
('NX317', 'bad-member-name', 400, 'This cannot be the name of a member.', 'Use 1 to 200 characters, without blanks around them.'),
('NX340', 'doi-taken', 409, 'Somebody else was given this DOI just now.', 'Ask again: another one is coined.'),
('NX341', 'wrong-doi-state', 409, 'A DOI cannot go from the state it has to this one.', 'What was registered never is a draft again; hide it with the state registered.'),
('NX342', 'not-settled', 409, 'A deposit on this DOI waits for its verdict.', 'Ask again when it has it: GET /works/{doi}/deposits.'),
('NX343', 'no-such-doi', 404, 'There is no DOI of this name here.', 'Check the spelling; an alias is changed under the DOI that it leads to.'),
('NX344', 'doi-deleted', 410, 'The DOI was deleted by its owner.', 'A deposit of its owner brings it back.'),
('NX345', 'bad-alias', 400, 'This DOI cannot be led to by another one, or cannot lead there.', 'An alias leads to another DOI, which is registered or findable.'),
('NX346', 'alias-in-use', 409, 'The DOI names an object, or is an alias already.', 'Hide or delete it first, or take the alias from where it leads now.'),
('NX347', 'no-such-alias', 404, 'The DOI has no such alias.', 'GET /works/{doi}/alias lists them.'),
('NX348', 'bad-doi-document', 422, 'The JSON:API document does not say what is to be done.', 'Send {"data": {"attributes": {...}}}, as the client of DataCite does.'),
('NX349', 'doi-refused', 422, 'The record was refused; the detail says why.', 'Mend what the source names, and send it again.'),
('NX380', 'deposit-refused', 403, 'The service does not take this deposit.', 'Check the address and the key; the detail says what it answered.'),
('NX381', 'service-away', 503, 'The service could not be reached, or had too much to do, for as long as was waited.', 'Run the same command again; it goes on where it was.'),
('NX382', 'not-a-report', 400, 'The file is no report of verdicts.', 'Give --report a file that is not there yet, or the report of this very deposit.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.scope (scope, role, meaning) VALUES
('member', 'editor', 'See what is a member''s, with one of its keys: /members/{id}.')
ON CONFLICT (scope) DO UPDATE SET role = excluded.role, meaning = excluded.meaning;

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX350', 'malformed-patch', 422, 'The patch cannot be read, or does what no patch of a work may do.', 'The pointer names the place in the patch; a DOI is changed by no patch.'),
('NX351', 'patch-does-not-apply', 409, 'The patch does not fit what was deposited last.', 'GET /works/{doi}?view=deposited shows what it is applied to; the pointer names the operation that failed.'),
('NX353', 'nothing-deposited', 409, 'Nothing was deposited of the object, so there is nothing to patch.', 'Deposit it whole: POST /deposits.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX360', 'no-such-correction', 404, 'There is no correction of this id.', 'GET /corrections lists them.'),
('NX361', 'correction-decided', 409, 'The correction is not open any more.', 'GET /corrections/{id} says what became of it; propose another if need be.'),
('NX362', 'not-your-correction', 403, 'The correction was proposed by somebody else.', 'Whoever proposed it withdraws it, with a key; its owner rejects it.'),
('NX363', 'correction-refused', 422, 'The correction cannot be taken as it is.', 'The detail says what it lacks.'),
('NX370', 'bad-callback', 400, 'This cannot be the address of a callback.', 'Use an http or https address on the open internet, without credentials, of at most 2,000 characters.'),
('NX371', 'no-callback-secret', 409, 'The member has no secret that signs its callbacks.', 'An owner makes one: POST /members/{id}/callback-secret.'),
('NX372', 'callback-needs-member', 403, 'Only members are called back, since callbacks are signed with a secret of theirs.', 'Deposit with a key of a member, or ask GET /deposits/{id} how it stands.'),
('NX373', 'no-such-callback', 404, 'The deposit has no callback of this number.', 'GET /deposits/{id}/callbacks lists them.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;
