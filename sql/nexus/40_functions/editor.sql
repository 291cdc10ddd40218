CREATE OR REPLACE FUNCTION nexus.editor()
RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-7000-8000-000000000003'::uuid;
COMMENT ON FUNCTION nexus.editor() IS 'The editor in whose name relations enter the changelog, without an edit of any object.';
