CREATE SCHEMA fulgora;
COMMENT ON SCHEMA fulgora IS 'Public data as it was released: sources, releases, and every version of every row.';
