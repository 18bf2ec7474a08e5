import postgres from 'postgres';

/** `now()`, the chance and the ids of this database come from the simulation. */
export async function bendTime(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe(`
    create schema if not exists sim;
    create or replace function sim.now() returns timestamptz language sql stable
      as $$ select coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, pg_catalog.now()) $$;
    create or replace function sim.gen_random_uuid() returns uuid language sql volatile
      as $$ select md5(random()::text || random()::text)::uuid $$;
    -- Wake-ups are the simulation's own.
    create or replace function sim.pg_notify(text, text) returns void language sql as '';
    create or replace function jobs.job_now() returns timestamptz language sql stable as $$ select sim.now() $$;
    do $do$ declare each record; begin
      for each in
        select n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid) as given
        from pg_attrdef d
        join pg_class c on c.oid = d.adrelid
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') and a.attgenerated = ''
          and pg_get_expr(d.adbin, d.adrelid) ~ '(now|clock_timestamp|gen_random_uuid)\\(\\)'
      loop
        execute format('alter table %I.%I alter column %I set default %s', each.nspname, each.relname, each.attname,
          regexp_replace(regexp_replace(each.given, '\\m(pg_catalog\\.)?(now|clock_timestamp)\\(\\)', 'sim.now()'),
            '\\m(pg_catalog\\.)?gen_random_uuid\\(\\)', 'sim.gen_random_uuid()'));
      end loop;
    end $do$`);
  await client.unsafe(emptying);
  await client.end();
}

/**
 * The server may neither tidy up in the middle of a seed nor change its plans: what nobody ordered would come
 * in another order than when the seed is played alone. Deleting is cheaper than truncating, which makes every
 * statement be planned again, until there is too much to read past.
 */
const emptying = `
  create or replace function sim.empty() returns void language plpgsql
    set client_min_messages = 'error' set session_replication_role = 'replica' as $f$
  declare each regclass; has boolean; begin
    for each in select c.oid from pg_class c where c.relkind = 'r' and not c.relispartition
        and (c.relnamespace = 'public'::regnamespace or c.oid in ('jobs.warning'::regclass))
      union all select 'jobs.job_common'::regclass
    loop
      execute format('select exists (select 1 from %s)', each) into has;
      if not has then continue; end if;
      if pg_relation_size(each) < 1000000 then execute format('delete from %s', each);
      else execute format('truncate %s cascade', each); end if;
    end loop;
    -- When it last looked after its queues is later than now, in a seed that begins again.
    update jobs.queue set monitor_on = null, monitor_claim_on = null, maintain_on = null, delta_on = null;
    update jobs.version set monitor_backoff_on = null, reindex_on = null;
  end $f$;
  do $do$ declare each regclass; begin
    for each in select c.oid from pg_class c where c.relkind = 'r'
      and c.relnamespace in ('public'::regnamespace, 'jobs'::regnamespace)
    loop execute format('alter table %s set (autovacuum_enabled = false)', each); end loop;
  end $do$`;
