CREATE TYPE catalog.kind AS ENUM (
  'release', 'work', 'container', 'creator', 'organisation', 'file', 'fileset', 'webcapture'
);
COMMENT ON TYPE catalog.kind IS 'What an object is; a release is a citable version and has the DOI.';

CREATE TYPE catalog.state AS ENUM ('wip', 'active', 'redirect', 'deleted');
COMMENT ON TYPE catalog.state IS 'Where an object stands: not live yet, live, merged into another, or gone.';

CREATE TYPE catalog.editgroup_status AS ENUM ('open', 'submitted', 'accepted', 'withdrawn');
COMMENT ON TYPE catalog.editgroup_status IS 'How far a batch of edits has come; accepted and withdrawn are final.';

CREATE TYPE catalog.edit_action AS ENUM ('create', 'update', 'revert', 'redirect', 'delete');
COMMENT ON TYPE catalog.edit_action IS 'What an edit does to its object.';

CREATE TYPE catalog.editor_role AS ENUM ('editor', 'admin');
COMMENT ON TYPE catalog.editor_role IS 'What an editor may do: propose, or accept as well.';
