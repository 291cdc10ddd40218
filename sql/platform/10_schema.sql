-- Runs as the login that may create roles; everything after it runs as nexus_owner.
DO $$
DECLARE
  _role text;
BEGIN
  FOREACH _role IN ARRAY ARRAY['nexus_owner', 'nexus_worker', 'nexus_api', 'nexus_dba'] LOOP
    -- Roles belong to the cluster, so another database may have made them.
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', _role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END LOOP;
  BEGIN
    CREATE ROLE nexus LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO nexus_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO nexus, nexus_owner, nexus_worker, nexus_api, nexus_dba',
    current_database()
  );
END
$$;
GRANT nexus_worker, nexus_api, nexus_dba TO nexus;
GRANT pg_read_all_stats TO nexus_dba;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
CREATE SCHEMA IF NOT EXISTS platform;
ALTER SCHEMA platform OWNER TO nexus_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE nexus_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
COMMENT ON SCHEMA platform IS 'Errors, events, tasks and what has been applied; knows no word of the domain.';
