CREATE OR REPLACE FUNCTION catalog.vulcanus()
RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-7000-8000-000000000001'::uuid;
COMMENT ON FUNCTION catalog.vulcanus() IS 'The editor whose records are made of layers; what any other editor changes becomes a layer.';
