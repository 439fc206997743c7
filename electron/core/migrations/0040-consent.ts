/** Companies, signed requests, grants with their versions, pairwise issuer keys and status lists. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 40,
  name: 'consent',
  up(db) {
    db.exec(`
      CREATE TABLE companies (
        recipient_id TEXT PRIMARY KEY,
        company_id TEXT NOT NULL,
        document_key TEXT NOT NULL,
        document TEXT NOT NULL,
        identity TEXT NOT NULL CHECK (identity IN ('verified', 'unverified', 'mismatch')),
        checked_at_ms INTEGER,
        first_seen_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX companies_by_id ON companies (company_id);

      CREATE TABLE requests (
        request_id TEXT PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,
        handle TEXT NOT NULL UNIQUE,
        recipient_id TEXT NOT NULL REFERENCES companies,
        jws TEXT NOT NULL,
        payload TEXT NOT NULL,
        document TEXT NOT NULL,
        dpop_jkt TEXT NOT NULL,
        received_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'denied')),
        decided_at_ms INTEGER,
        grant_id TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX requests_by_recipient ON requests (recipient_id, received_at_ms);
      CREATE INDEX requests_by_time ON requests (received_at_ms);

      CREATE TABLE issuer_keys (
        key_id INTEGER PRIMARY KEY,
        recipient_id TEXT NOT NULL REFERENCES companies,
        epoch INTEGER NOT NULL,
        private_key BLOB NOT NULL,
        jwk TEXT NOT NULL,
        jkt TEXT NOT NULL UNIQUE,
        UNIQUE (recipient_id, epoch)
      ) STRICT;

      CREATE TABLE status_lists (
        list_id TEXT PRIMARY KEY,
        key_id INTEGER NOT NULL REFERENCES issuer_keys,
        bits BLOB NOT NULL,
        taken BLOB NOT NULL,
        used INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX status_lists_by_key ON status_lists (key_id);

      CREATE TABLE grants (
        grant_id TEXT PRIMARY KEY,
        request_id TEXT NOT NULL UNIQUE REFERENCES requests,
        recipient_id TEXT NOT NULL REFERENCES companies,
        state TEXT NOT NULL CHECK (state IN ('active', 'expired', 'revoked', 'returned', 'suspended')),
        version INTEGER NOT NULL,
        claims TEXT NOT NULL,
        token_claims TEXT NOT NULL,
        purposes TEXT NOT NULL,
        brands TEXT NOT NULL,
        cadence_max INTEGER NOT NULL,
        cadence_per TEXT NOT NULL CHECK (cadence_per IN ('day', 'week', 'month')),
        granted_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER,
        token TEXT NOT NULL,
        token_hash BLOB NOT NULL UNIQUE,
        token_iat INTEGER NOT NULL,
        token_exp INTEGER NOT NULL,
        dpop_jkt TEXT NOT NULL,
        pseudonym TEXT NOT NULL,
        key_id INTEGER NOT NULL REFERENCES issuer_keys,
        status_list TEXT NOT NULL REFERENCES status_lists,
        status_index INTEGER NOT NULL,
        UNIQUE (status_list, status_index)
      ) STRICT;
      CREATE INDEX grants_by_recipient ON grants (recipient_id, granted_at_ms);

      CREATE TABLE grant_usage (
        grant_id TEXT PRIMARY KEY REFERENCES grants,
        redemptions INTEGER NOT NULL,
        refused INTEGER NOT NULL,
        last_redeemed_ms INTEGER,
        window_index INTEGER NOT NULL,
        window_used INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE unknown_tokens (id INTEGER PRIMARY KEY CHECK (id = 1), seen INTEGER NOT NULL) STRICT;
      INSERT INTO unknown_tokens (id, seen) VALUES (1, 0);

      CREATE TABLE grant_versions (
        grant_id TEXT NOT NULL REFERENCES grants,
        version INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        decision TEXT NOT NULL,
        shown TEXT NOT NULL,
        PRIMARY KEY (grant_id, version)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
