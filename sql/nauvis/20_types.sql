CREATE TYPE nauvis.verdict AS ENUM ('created', 'updated', 'unchanged', 'warning', 'rejected');
COMMENT ON TYPE nauvis.verdict IS 'What became of one record: warning means that it was taken as it is, and that somebody should look at it.';

CREATE TYPE nauvis.media AS ENUM ('deposit', 'deposit-lines', 'csl', 'datacite', 'dois');
COMMENT ON TYPE nauvis.media IS 'How the bytes of a deposit are laid out: one JSON document, a record a line, or a document in CSL-JSON or DataCite JSON.';

CREATE TYPE nauvis.member_role AS ENUM ('reader', 'depositor', 'owner');
COMMENT ON TYPE nauvis.member_role IS 'What a member''s key is good for, each with all before it: see what is the member''s, deposit, manage keys.';

CREATE TYPE nauvis.doi_state AS ENUM ('draft', 'registered', 'findable');
COMMENT ON TYPE nauvis.doi_state IS 'How public a DOI is: reserved and still its owner''s alone, resolving, or with its record in the catalogue.';

CREATE TYPE nauvis.callback_state AS ENUM ('waiting', 'due', 'sent', 'dead');
COMMENT ON TYPE nauvis.callback_state IS 'Where a callback stands: waiting for the verdicts, due to be sent (again), taken by the other side, or given up.';

CREATE TYPE nauvis.correction_state AS ENUM ('open', 'accepted', 'rejected', 'withdrawn', 'superseded');
COMMENT ON TYPE nauvis.correction_state IS 'What became of a proposal; only open ones change. Superseded: it fits no longer what is there.';
