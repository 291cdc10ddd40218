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
('NX349', 'doi-refused', 422, 'The record was refused; the detail says why.', 'Mend what the source names, and send it again.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO catalog.scope (scope, role, meaning) VALUES
('member', 'editor', 'See what is a member''s, with one of its keys: /members/{id}.')
ON CONFLICT (scope) DO UPDATE SET role = excluded.role, meaning = excluded.meaning;
