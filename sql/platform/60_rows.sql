INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX000', 'internal', 500, 'Something failed that should not.', 'Tell the operator the reference given in the detail.'),
('NX001', 'no-such-task', 404, 'There is no task of this id.', 'Use the Location of the answer that began the work.'),
('NX002', 'no-such-queue', 404, 'There is no queue of this name.', 'nexus queues lists them.'),
('NX003', 'database-unavailable', 503, 'The database cannot be reached or is read-only at the moment.', 'Try again after the seconds in Retry-After.'),
('NX004', 'unreadable-file', 400, 'A file could not be read as what it was said to be.', 'The detail names the file and the line; mend or leave out what is there and load the file again.'),
('NX005', 'server-failed', 503, 'The embedded PostgreSQL could not be started.', 'Read the log named in the detail; nexus doctor checks the settings.'),
('NX006', 'schema-behind', 503, 'The database is older or newer than this program.', 'Run nexus db upgrade.'),
('NX007', 'address-refused', 400, 'The address is not one that may be fetched from.', 'Only public http and https addresses are fetched; an address of your own network must be named by a setting.'),
('NX008', 'fetch-failed', 502, 'What lies at an address could not be fetched.', 'Try again later; what was fetched so far is kept and continued.'),
('NX009', 'fetch-too-large', 502, 'What lies at an address is larger than what may be fetched.', 'Fetch the file another way and load it with nexus load.'),
('NX010', 'checksum-mismatch', 502, 'A fetched file is not the one that was announced.', 'Try again; if it happens again, tell the publisher of the file.'),
('NX011', 'address-in-use', 503, 'The server cannot listen at this address.', 'Stop what listens there, or choose another address with --host and --port.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;

INSERT INTO platform.error (sqlstate, slug, http_status, meaning, hint) VALUES
('NX020', 'replica-unfit', 409, 'The database cannot be a replica of this one, or is none.', 'The detail says what is in the way.'),
('NX021', 'replica-unfinished', 503, 'The replica does not hold everything yet.', 'nexus replica status tells how far it has come; try again when every table follows.'),
('NX022', 'replica-stuck', 409, 'The replica cannot go on by itself.', 'nexus replica status says why, the log of its PostgreSQL in more detail; where a repair does not help, drop it and make it anew in an empty database.')
ON CONFLICT (sqlstate) DO UPDATE SET
  slug = excluded.slug, http_status = excluded.http_status,
  meaning = excluded.meaning, hint = excluded.hint;
