import psycopg, time
log=open('/tmp/reads-dev/hold.log').read().split(); owner=log[log.index("READY")+2]
with psycopg.connect(owner) as c:
    dois=[d for (d,) in c.execute("SELECT doi FROM catalog.release WHERE doi IS NOT NULL ORDER BY md5(doi) LIMIT 16")]
    from nexus_hub.aquilo.queries import work as w
    from nexus_hub.aquilo.queries.work import work_list_by_doi
    for wb in (True, False):
        for _ in range(20): work_list_by_doi(c, dois=dois, with_body=wb)
        t=time.perf_counter(); cpu=time.process_time()
        for _ in range(100): work_list_by_doi(c, dois=dois, with_body=wb)
        print(wb, (time.perf_counter()-t)/1600*1e6, "us/row wall; client cpu", (time.process_time()-cpu)/1600*1e6)
    for r in c.execute("SELECT left(statement,60), generic_plans, custom_plans FROM pg_prepared_statements"): print(r)
    import sys
    for mode in ("auto","force_generic_plan"):
        c.execute(f"SET plan_cache_mode={mode}")
        for n in (1, 4, 16):
            for _ in range(20): work_list_by_doi(c, dois=dois[:n], with_body=False)
            t=time.perf_counter()
            for _ in range(200): work_list_by_doi(c, dois=dois[:n], with_body=False)
            print(mode, n, (time.perf_counter()-t)/200/n*1e6)
