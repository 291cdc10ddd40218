CREATE SCHEMA vulcanus;
COMMENT ON SCHEMA vulcanus IS 'Layers: what each source says of an object, and how one coherent record is made of them.';
