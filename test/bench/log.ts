/** How fast the log is appended to and checked, beside the keyed chain it replaced and a plain SHA-256 of the same rows. A process of its own: `node test/bench/log.ts ENTRIES`. */
import { createHash, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';

export interface LogBench {
  readonly entries: number;
  readonly appendPerSecond: number; readonly chainPerSecond: number;
  readonly verifySeconds: number; readonly verifyCpuSeconds: number; readonly plainCpuSeconds: number;
  /** Longest time the event loop was held during the check. */
  readonly longestBlockMs: number;
  readonly peakRssMb: number;
}

const GROUP = 100;
const COMPANIES = 100;

const cpuSeconds = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

async function bench(entries: number): Promise<LogBench> {
  const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'penchant-bench-'));
  try {
    const db = openDatabase(join(folder, 'vault.db'), randomBytes(32));
    migrate(db, MIGRATIONS, { nowMs: Date.now() });
    const clock = { nowMs: () => Date.now() };
    const log = createAuditLog({ db, key: randomBytes(32), clock, randomBytes });
    const input = (i: number) => ({
      type: 'redemption.allowed', companyId: `https://shop${i % COMPANIES}.example`, companyName: `Shop ${i % COMPANIES}`, grantId: `gr_${i % COMPANIES}`, requestId: `rq_${i % COMPANIES}`, list: `issuer/${i % COMPANIES}`,
      claims: [{ claim: 'interest', precision: 2 }, { claim: 'genre', precision: 2 }], purpose: 'https://w3id.org/dpv#ProvideProductRecommendations',
    } as const);

    // The chain as it was: last row, one HMAC, one row; on the schema of that time.
    const old = openDatabase(join(folder, 'old.db'), randomBytes(32));
    migrate(old, MIGRATIONS.filter(({ version }) => version < 60), { nowMs: Date.now() });
    const chainKey = createSecretKey(randomBytes(32));
    const chain = (i: number): void => {
      const { claims, purpose, type, companyId, grantId, companyName, requestId } = input(i);
      const last = old.query<{ seq: number; hash: Buffer }>('SELECT * FROM audit ORDER BY seq DESC LIMIT 1').get();
      const body = JSON.stringify({ reason: null, companyName, requestId, importId: null, claims, purpose, counts: {} });
      const fields = [(last?.seq ?? 0) + 1, Date.now(), type, 'ok', companyId, grantId, body] as const;
      const hash = createHmac('sha256', chainKey).update(last?.hash ?? Buffer.alloc(32)).update(JSON.stringify(fields)).digest();
      old.command('INSERT INTO audit (seq, at_ms, type, outcome, company_id, grant_id, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...fields, hash);
    };

    // In turns, so that the load of the machine falls on both; by processor time, for it is shared.
    const few = Math.min(entries, 50_000);
    let [treeCpu, chainCpu] = [0, 0];
    for (let at = 0; at < entries; at += GROUP) {
      let from = cpuSeconds();
      db.transaction(() => { for (let i = at; i < at + GROUP; i++) log.append(input(i)); });
      if (at < few) treeCpu += cpuSeconds() - from;
      if (at >= few) continue;
      from = cpuSeconds();
      old.transaction(() => { for (let i = at; i < at + GROUP; i++) chain(i); });
      chainCpu += cpuSeconds() - from;
    }
    old.close();
    db.checkpoint();

    let longestBlockMs = 0;
    let turnedAt = performance.now();
    const timer = setInterval(() => { longestBlockMs = Math.max(longestBlockMs, performance.now() - turnedAt); turnedAt = performance.now(); }, 1);
    let from = cpuSeconds();
    const startedAt = performance.now();
    const verdict = await log.verify();
    const verifySeconds = (performance.now() - startedAt) / 1000;
    const verifyCpuSeconds = cpuSeconds() - from;
    clearInterval(timer);
    if (!verdict.ok || verdict.entries !== entries) throw new Error(`the log does not verify: ${JSON.stringify(verdict)}`);

    from = cpuSeconds();
    for (const row of db.query<Record<string, unknown>>('SELECT * FROM audit ORDER BY seq').iterate()) createHash('sha256').update(JSON.stringify(Object.values(row))).digest();
    const plainCpuSeconds = cpuSeconds() - from;
    db.close();
    return { entries, appendPerSecond: few / treeCpu, chainPerSecond: few / chainCpu, verifySeconds, verifyCpuSeconds, plainCpuSeconds, longestBlockMs, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify(await bench(Number(process.argv[2] ?? 1_000_000)))}\n`);
