-- The shared journal of a hall with several machines: schema, rights and functions, version 1.
--
-- Run once by the owner of the database (`yichuangctl shared found`). A machine logs in with a role of its own that is a member of
-- yc_machine. It may read and call the functions below, and nothing else: no machine can change or remove a record.
--
-- Functions carry their version in their name. A new version stands beside the old one for one release.

CREATE SCHEMA yc;

-- version: of this file. A machine works with the versions that it knows and with no other.
CREATE TABLE yc.meta (version int NOT NULL);
INSERT INTO yc.meta VALUES (1);

-- One journal a hall. body is the record as the journal's codec writes it, digest = SHA-256(digest before || seq || body).
-- writer and written are for people, outside the hash chain.
CREATE TABLE yc.records (
  hall int NOT NULL,
  seq bigint NOT NULL,
  body bytea NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  writer name NOT NULL DEFAULT session_user,
  written timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (hall, seq)
) PARTITION BY HASH (hall);

DO $$
BEGIN
  FOR i IN 0..31 LOOP
    EXECUTE format('CREATE TABLE yc.records_%s PARTITION OF yc.records FOR VALUES WITH (MODULUS 32, REMAINDER %s)', i, i);
    -- Nothing is ever updated or deleted, so only inserts make a vacuum due.
    EXECUTE format(
      'ALTER TABLE yc.records_%s SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000)', i);
  END LOOP;
END $$;

-- One row a machine. session counts its connections: what an earlier one still sends is refused. head is the newest record that its
-- own copy has, configuration the digest of the configuration that it works by, ahead the milliseconds by which its civil clock is
-- before this server's: all as it said them last. reads is the newest form of records that its program reads.
CREATE TABLE yc.machines (
  hall int NOT NULL,
  machine name NOT NULL,
  session bigint NOT NULL,
  seen timestamptz NOT NULL,
  reads int NOT NULL,
  release text NOT NULL,
  head bigint NOT NULL DEFAULT 0,
  configuration text NOT NULL DEFAULT '',
  ahead bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (hall, machine)
) WITH (fillfactor = 50);

-- One row a hall: the digest of the configuration by which its machines decide. A machine that has another one follows and does
-- not decide.
CREATE TABLE yc.halls (
  hall int PRIMARY KEY,
  configuration text NOT NULL,
  adopted timestamptz NOT NULL,
  by name NOT NULL
);

-- Adopts a configuration where there is none yet, or in the place of the present one; returns what holds.
CREATE FUNCTION yc.adopt_1(h int, configuration text, replaces boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
  IF replaces THEN
    INSERT INTO yc.halls AS k VALUES (h, adopt_1.configuration, clock_timestamp(), session_user)
      ON CONFLICT (hall) DO UPDATE
        SET configuration = excluded.configuration, adopted = excluded.adopted, by = excluded.by;
  ELSE
    INSERT INTO yc.halls VALUES (h, adopt_1.configuration, clock_timestamp(), session_user) ON CONFLICT (hall) DO NOTHING;
  END IF;
  RETURN (SELECT k.configuration FROM yc.halls k WHERE k.hall = h);
END $$;

-- What the machines of a hall keep together beside the journal, such as the secrets that staff have chosen: small, sealed under a
-- key that only machines have, and replaced as a whole. revision rises with every change of the hall's.
CREATE TABLE yc.kept (
  hall int NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  revision bigint NOT NULL,
  box bytea NOT NULL CHECK (length(box) <= 8192),
  changed timestamptz NOT NULL,
  by name NOT NULL,
  PRIMARY KEY (hall, name)
);

-- Puts one in the place of the present one of that name; returns its revision.
CREATE FUNCTION yc.keep_1(h int, title text, content bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  raised bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(43, h);
  raised := coalesce((SELECT max(k.revision) FROM yc.kept k WHERE k.hall = h), 0) + 1;
  IF NOT EXISTS (SELECT FROM yc.kept k WHERE k.hall = h AND k.name = keep_1.title)
    AND (SELECT count(*) FROM yc.kept k WHERE k.hall = h) >= 5000 THEN
    RAISE EXCEPTION 'the hall keeps too much already' USING ERRCODE = 'YC005';
  END IF;
  INSERT INTO yc.kept VALUES (h, keep_1.title, raised, keep_1.content, clock_timestamp(), session_user)
    ON CONFLICT (hall, name) DO UPDATE
      SET revision = excluded.revision, box = excluded.box, changed = excluded.changed, by = excluded.by;
  RETURN raised;
END $$;

-- Begins a session of the calling machine.
--
-- It waits for the lock that an append holds until it is committed and replicated. So afterwards every append of an earlier
-- session is in the journal, or is refused when it comes. As a synced write it is also the barrier: what was visible before but
-- not replicated is replicated once this returns.
CREATE FUNCTION yc.begin_1(h int, reads int, release text) RETURNS TABLE (o_session bigint, o_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(42, h);
  RETURN QUERY
    INSERT INTO yc.machines AS m (hall, machine, session, seen, reads, release)
      VALUES (h, session_user, 1, clock_timestamp(), begin_1.reads, begin_1.release)
    ON CONFLICT (hall, machine) DO UPDATE
      SET session = m.session + 1, seen = excluded.seen, reads = excluded.reads, release = excluded.release
    RETURNING m.session, m.seen;
END $$;

-- A machine says that it is there, and hears who else is: a row for each machine of the hall, with the server's time, and the
-- milliseconds since the machine was heard. No command is decided by what it says here.
CREATE FUNCTION yc.beat_1(h int, head bigint, configuration text, ahead bigint)
RETURNS TABLE (
  o_at bigint, o_machine text, o_silent bigint, o_head bigint, o_configuration text, o_release text, o_adopted text,
  o_reads int, o_ahead bigint, o_kept bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  UPDATE yc.machines m
    SET seen = moment, head = beat_1.head, configuration = beat_1.configuration, ahead = beat_1.ahead
    WHERE m.hall = h AND m.machine = session_user;
  RETURN QUERY
    SELECT (extract(epoch FROM moment) * 1000)::bigint, m.machine::text,
      greatest(0, (extract(epoch FROM moment - m.seen) * 1000)::bigint), m.head, m.configuration, m.release,
      coalesce((SELECT k.configuration FROM yc.halls k WHERE k.hall = h), ''), m.reads, m.ahead,
      coalesce((SELECT max(k.revision) FROM yc.kept k WHERE k.hall = h), 0)
    FROM yc.machines m WHERE m.hall = h ORDER BY m.machine;
END $$;

-- Compare and append: all bodies behind record `expected` with digest `prev`, or none.
--
-- The first row is the server's time. After it, when another machine was quicker, up to 2,000 newer records: the loser needs no
-- second round trip. YC001: this server ends before `expected`. YC002: its record `expected` is another one. YC003: a digest is
-- wrong. YC004: the machine has begun another session since.
CREATE FUNCTION yc.append_1(h int, mine bigint, expected bigint, prev bytea, bodies bytea[], digests bytea[])
RETURNS TABLE (o_at timestamptz, o_seq bigint, o_body bytea, o_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  last bigint;
  d bytea;
  n int := cardinality(bodies);
BEGIN
  PERFORM pg_advisory_xact_lock(42, h);
  PERFORM yc.check_session_1(h, mine);
  SELECT r.seq, r.digest INTO last, d FROM yc.records r WHERE r.hall = h ORDER BY r.seq DESC LIMIT 1;
  last := coalesce(last, 0);
  o_at := clock_timestamp();
  RETURN NEXT;
  IF last <> expected THEN
    RETURN QUERY SELECT o_at, r.o_seq, r.o_body, r.o_digest FROM yc.newer_1(h, expected, prev) r;
    RETURN;
  END IF;
  IF expected > 0 AND d <> prev THEN
    RAISE EXCEPTION 'record % is another one', expected USING ERRCODE = 'YC002';
  END IF;
  d := CASE WHEN expected = 0 THEN decode(repeat('00', 32), 'hex') ELSE prev END;
  FOR i IN 1..n LOOP
    d := sha256(d || int8send(expected + i) || bodies[i]);
    IF d <> digests[i] THEN
      RAISE EXCEPTION 'the digest of record % is wrong', expected + i USING ERRCODE = 'YC003';
    END IF;
  END LOOP;
  INSERT INTO yc.records (hall, seq, body, digest)
    SELECT h, expected + u.o, u.b, u.g FROM unnest(bodies, digests) WITH ORDINALITY AS u(b, g, o);
END $$;

-- Waits for the hall's turn, keeps it until the transaction ends, and returns what is newer.
CREATE FUNCTION yc.take_1(h int, mine bigint, expected bigint, prev bytea)
RETURNS TABLE (o_at timestamptz, o_seq bigint, o_body bytea, o_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(42, h);
  PERFORM yc.check_session_1(h, mine);
  o_at := clock_timestamp();
  RETURN NEXT;
  RETURN QUERY SELECT o_at, r.o_seq, r.o_body, r.o_digest FROM yc.newer_1(h, expected, prev) r;
END $$;

-- Up to 2,000 records behind `expected`, which must be here with digest `prev`. Sequences have no gaps, so both ends of the range are given:
-- a server without statistics would else read and sort all records behind the first end for every page.
CREATE FUNCTION yc.newer_1(h int, expected bigint, prev bytea)
RETURNS TABLE (o_seq bigint, o_body bytea, o_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp AS $$
DECLARE
  d bytea;
BEGIN
  IF expected > 0 THEN
    SELECT r.digest INTO d FROM yc.records r WHERE r.hall = h AND r.seq = expected;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the journal ends before record %', expected USING ERRCODE = 'YC001';
    ELSIF d <> prev THEN
      RAISE EXCEPTION 'record % is another one', expected USING ERRCODE = 'YC002';
    END IF;
  END IF;
  RETURN QUERY
    SELECT r.seq, r.body, r.digest FROM yc.records r
    WHERE r.hall = h AND r.seq > expected AND r.seq <= expected + 2000 ORDER BY r.seq;
END $$;

CREATE FUNCTION yc.check_session_1(h int, mine bigint) RETURNS void
LANGUAGE plpgsql SET search_path = yc, pg_temp AS $$
DECLARE
  current bigint;
BEGIN
  SELECT m.session INTO current FROM yc.machines m WHERE m.hall = h AND m.machine = session_user;
  IF current IS DISTINCT FROM mine THEN
    RAISE EXCEPTION 'another session of % has begun', session_user USING ERRCODE = 'YC004';
  END IF;
END $$;

-- Which server this is: of the cluster as it was founded, and on which of its timelines.
CREATE FUNCTION yc.server_1() RETURNS TABLE (o_system text, o_timeline bigint, o_standby boolean, o_version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = yc, pg_temp AS $$
  SELECT system_identifier::text,
    CASE WHEN pg_is_in_recovery() THEN 0
      ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END,
    pg_is_in_recovery(), (SELECT version FROM yc.meta)
  FROM pg_control_system();
$$;

-- Rights. The owner of everything here is not a login; whoever runs this file keeps the right to administrate.
-- Roles are the cluster's, not the database's: a hall that is founded anew on the same server finds them.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yc_owner') THEN CREATE ROLE yc_owner NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yc_machine') THEN CREATE ROLE yc_machine NOLOGIN; END IF;
END $$;
ALTER SCHEMA yc OWNER TO yc_owner;
ALTER TABLE yc.meta OWNER TO yc_owner;
ALTER TABLE yc.records OWNER TO yc_owner;
ALTER TABLE yc.machines OWNER TO yc_owner;
ALTER TABLE yc.halls OWNER TO yc_owner;
ALTER TABLE yc.kept OWNER TO yc_owner;
DO $$
BEGIN
  FOR i IN 0..31 LOOP EXECUTE format('ALTER TABLE yc.records_%s OWNER TO yc_owner', i); END LOOP;
END $$;
ALTER FUNCTION yc.begin_1(int, int, text) OWNER TO yc_owner;
ALTER FUNCTION yc.beat_1(int, bigint, text, bigint) OWNER TO yc_owner;
ALTER FUNCTION yc.adopt_1(int, text, boolean) OWNER TO yc_owner;
ALTER FUNCTION yc.keep_1(int, text, bytea) OWNER TO yc_owner;
ALTER FUNCTION yc.append_1(int, bigint, bigint, bytea, bytea[], bytea[]) OWNER TO yc_owner;
ALTER FUNCTION yc.take_1(int, bigint, bigint, bytea) OWNER TO yc_owner;
ALTER FUNCTION yc.newer_1(int, bigint, bytea) OWNER TO yc_owner;
ALTER FUNCTION yc.check_session_1(int, bigint) OWNER TO yc_owner;
ALTER FUNCTION yc.server_1() OWNER TO yc_owner;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA yc FROM PUBLIC;
GRANT USAGE ON SCHEMA yc TO yc_machine;
GRANT SELECT ON yc.meta, yc.records, yc.machines, yc.halls, yc.kept TO yc_machine;
GRANT EXECUTE ON FUNCTION
  yc.begin_1(int, int, text), yc.beat_1(int, bigint, text, bigint), yc.adopt_1(int, text, boolean),
  yc.keep_1(int, text, bytea),
  yc.append_1(int, bigint, bigint, bytea, bytea[], bytea[]), yc.take_1(int, bigint, bigint, bytea),
  yc.newer_1(int, bigint, bytea), yc.server_1()
  TO yc_machine;
-- A cancelled wait for the replica would show others a record that is not replicated yet.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- A machine that freezes in its turn is cut off after a second; a repeatable snapshot would be taken before the lock.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = ''1s''', current_database());
  EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''read committed''', current_database());
  EXECUTE format('ALTER DATABASE %I SET statement_timeout = 0', current_database());
END $$;
