/** Rules the consent tables keep by themselves, on real rows. */
import { expect, test } from 'vitest';
import { consentVault, granted } from '../support/consent-vault.ts';
import { testCompany } from '../support/test-company.ts';

test('a grant needs its request, company, key and list; states and counters are held to their kinds', async () => {
  const vault = await consentVault({ listen: false });
  const { grantId } = await granted(vault, await testCompany({ nowMs: vault.clock.nowMs() }));
  const refused = (sql: string) => { expect(() => { vault.db.exec(sql); }, sql).toThrow(/constraint|datatype|cannot store/i); };
  refused("UPDATE grants SET state = 'forgotten'");
  refused("UPDATE requests SET state = 'lost'");
  refused("UPDATE companies SET identity = 'trusted'");
  refused("UPDATE grants SET cadence_per = 'second'");
  refused("UPDATE grants SET expires_at_ms = 'tomorrow'");
  refused("UPDATE grants SET request_id = 'rq_none'");
  refused("UPDATE grants SET status_list = 'none'");
  refused('DELETE FROM requests');
  refused('DELETE FROM issuer_keys');
  refused('DELETE FROM companies');
  refused(`INSERT INTO grant_usage VALUES ('gr_none', 0, 0, NULL, 0, 0)`);
  refused('INSERT INTO unknown_tokens VALUES (2, 0)');
  expect(vault.db.query('PRAGMA foreign_key_check').all()).toEqual([]);
  expect(vault.consent.grants().map((grant) => grant.grantId)).toEqual([grantId]);
});

test('two tokens can never share an index, nor two grants a request', async () => {
  const vault = await consentVault({ listen: false });
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const first = await granted(vault, company);
  const second = await granted(vault, company);
  expect(() => { vault.db.exec(`UPDATE grants SET (status_list, status_index) = (SELECT status_list, status_index FROM grants WHERE grant_id = '${first.grantId}') WHERE grant_id = '${second.grantId}'`); }).toThrow(/UNIQUE/);
  expect(() => { vault.db.exec(`UPDATE grants SET request_id = (SELECT request_id FROM grants WHERE grant_id = '${first.grantId}') WHERE grant_id = '${second.grantId}'`); }).toThrow(/UNIQUE/);
});
