/** `npm run bench`: every figure beside a peer, in one run on one machine. Names after `--` choose sections. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { CONNECTIONS, type Load } from './client.ts';
import { CORE_FLAGS } from '../../electron/core/process/supervisor.ts';
import { benchAnonymizer } from './anonymizer.ts';
import { benchRedemption } from './redemption.ts';
import { benchIntrospectionPeer } from './introspection-peer.ts';
import type { LogBench } from './log.ts';
import { benchSdk } from './sdk.ts';
import { benchSources } from './sources.ts';
import { benchUnlock } from './unlock.ts';
import { generateTakeout } from './archive.ts';
import { generateAmazon, generateSpotify } from './generate.ts';
import type { FindBench, InferBench, RulesBench } from './import-child.ts';
import type { Measurement } from './import.ts';

type Row = readonly [what: string, figure: string, beside: string];
/** `onlyAsked`: takes long, and runs only when it is named. */
interface Section { readonly name: string; readonly onlyAsked?: true; readonly run: () => Promise<readonly Row[]> }

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const load = ({ perSecond, p50, p99 }: Load): string => `${whole(perSecond)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
const times = (value: number): string => `${value.toFixed(2)}×`;

/** One measurement in a process of its own, started as the core is. */
const inChild = (...args: readonly string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [...CORE_FLAGS, join(import.meta.dirname, 'import-child.ts'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
const measured = (mode: 'import' | 'parse' | 'plain', path: string): Measurement => inChild(mode, path) as Measurement;

/** Importing so many plays, end to end. */
async function benchImport(records: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  try {
    const path = await generateSpotify({ folder, records });
    const entire = measured('import', path);
    const parse = measured('parse', path);
    const plain = measured('plain', path);
    return [
      [`import and enrich ${whole(records)} records`, `${whole(entire.recordsPerSecond)}/s, peak ${entire.peakRssMb} MB`, `${times(entire.recordsPerSecond / plain.recordsPerSecond)} of a plain better-sqlite3 insert of the same rows (${whole(plain.recordsPerSecond)}/s, peak ${plain.peakRssMb} MB)`],
      ['  the parser alone', `${whole(parse.recordsPerSecond)}/s, peak ${parse.peakRssMb} MB`, `the window waited at most ${entire.longestBlockMs} ms during the import; the vault is ${whole(entire.fileMb)} MB`],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SECTIONS: readonly Section[] = [
  {
    name: 'unlock',
    run: async () => {
      const { unlockMs, openMs, derivationMs } = await benchUnlock(5);
      return [
        ['unlock, default cost', `${whole(unlockMs)} ms`, `key derivation alone ${whole(derivationMs)} ms`],
        ['open the database under a known key', `${openMs.toFixed(1)} ms`, ''],
      ];
    },
  },
  {
    name: 'import',
    run: async () => [...await benchImport(100_000), ...await benchImport(1_000_000)],
  },
  { name: 'import-10m', onlyAsked: true, run: () => benchImport(10_000_000) },
  {
    name: 'import-50gb', onlyAsked: true,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
      try {
        const path = await generateTakeout({ folder, gigabytes: 50, records: 200_000 });
        const { records, ms, peakRssMb, longestBlockMs } = measured('import', path);
        return [[`import ${whole(records)} records at the end of an archive of ${whole(statSync(path).size / 1e9)} GB`, `${whole(ms)} ms, peak ${peakRssMb} MB`, `the window waited at most ${longestBlockMs} ms; the videos before it are holes in the file`]];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'sources',
    run: async () => (await benchSources(3)).map(({ what, mb, records, perSecond, plainPerSecond, plain }) =>
      [`read ${what}: ${whole(records)} records in ${mb.toFixed(0)} MB`, `${whole(perSecond)}/s`, `${times(perSecond / plainPerSecond)} of ${plain} alone over the same bytes (${whole(plainPerSecond)}/s)`]),
  },
  {
    name: 'find',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
      try {
        await generateSpotify({ folder, records: 800_000, known: 0.5 });
        await generateAmazon({ folder, records: 200_000, known: 0.5 });
        const { records, things, searches } = inChild('find', folder) as FindBench;
        const spread = (ms: readonly number[]): string => { const sorted = [...ms].sort((a, b) => a - b); return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} ms, at most ${(sorted.at(-1) ?? 0).toFixed(0)} ms`; };
        return searches.map(({ what, found, ms, plainMs }) => [`find ${what} among ${whole(records)} records of ${whole(things)} things`, spread(ms), plainMs.length === 0 ? `${whole(found)} found` : `the first 100 from a plain FTS5 index in memory: ${spread(plainMs)}`]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'infer',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
      try {
        await generateSpotify({ folder: join(folder, 'life'), records: 800_000, known: 0.5 });
        await generateAmazon({ folder: join(folder, 'life'), records: 200_000, known: 0.5 });
        await generateSpotify({ folder: join(folder, 'more'), records: 1_000, known: 0.5, seed: 9 });
        const { records, things, more, moreMs, rejectMs, anewMs } = inChild('infer', folder) as InferBench;
        const middle = (ms: readonly number[]): number => [...ms].sort((a, b) => a - b)[ms.length >> 1] ?? 0;
        return [
          [`“never infer this” with ${whole(records)} records of ${whole(things)} things`, `${whole(middle(rejectMs))} ms`, `${whole(middle(anewMs))} ms when every record is read anew, ${times(middle(anewMs) / middle(rejectMs))}`],
          [`import ${whole(more)} records more, profile included`, `${whole(moreMs)} ms`, 'looking into the file and starting two threads included'],
        ];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'rules',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
      try {
        await generateSpotify({ folder, records: 800_000, known: 0.5 });
        await generateAmazon({ folder, records: 200_000, known: 0.5 });
        const { records, things, reads } = inChild('rules', folder) as RulesBench;
        return reads.flatMap(({ what, some, all }): Row[] => [
          [`other lists (${what} gone), ${whole(things)} things`, `${whole(some.readMs)} ms to read them`, `${whole(all.readMs)} ms when everything is read anew, ${times(all.readMs / some.readMs)}; the window waited at most ${whole(some.longestBlockMs)} ms`],
          [`  and until the profile of ${whole(records)} records is right`, `${whole(some.ms)} ms`, `${whole(all.ms)} ms, ${times(all.ms / some.ms)}`],
        ]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'redemption',
    run: async () => {
      const rows: Row[] = [];
      for (const connections of CONNECTIONS) {
        const { redemptions, hello, share } = await benchRedemption(4, connections);
        const peer = await benchIntrospectionPeer(4, connections);
        rows.push(
          [`durable redemptions, ${connections} connections`, load(redemptions), `${(share * 100).toFixed(0)} % of an empty node:http server (${load(hello)})`],
          ['  oidc-provider introspection, in memory, nothing logged', load(peer), `redemptions are ${times(redemptions.perSecond / peer.perSecond)} of it`],
        );
      }
      return rows;
    },
  },
  {
    name: 'anonymizer',
    run: async () => {
      const { crowdsMs, plainMs, plainAnswerUs, answerUs, balanceMs, viewMs, budgetsMs, deniableUs, toldUs } = await Promise.resolve(benchAnonymizer());
      return [
        ['crowds of 200 companies and of all together, 400 nodes', `${crowdsMs.toFixed(1)} ms`, `a bare product of as many numbers ${plainMs.toFixed(2)} ms`],
        ['one answer of five claims, under a floor', `${whole(answerUs)} µs`, `${whole(plainAnswerUs)} µs without one; made once an hour, or when something changed`],
        ['  what it is worth, on the whole catalogue', `${balanceMs.toFixed(1)} ms`, ''],
        ['  through the service and its encrypted database, told anew', `${whole(toldUs)} µs`, `made deniable and told for the first time ${whole(deniableUs)} µs; one durable write each`],
        ['the page of what 200 companies know, day by day', `${viewMs.toFixed(1)} ms`, `the budget of one ${(budgetsMs * 1_000).toFixed(0)} µs`],
      ];
    },
  },
  {
    name: 'log',
    run: async () => {
      const { entries, appendPerSecond, chainPerSecond, verifySeconds, verifyCpuSeconds, plainCpuSeconds, longestBlockMs, peakRssMb } = JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'log.ts'), '1000000'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as LogBench;
      return [
        [`check a log of ${whole(entries)} entries`, `${verifySeconds.toFixed(1)} s, peak ${peakRssMb} MB`, `${verifyCpuSeconds.toFixed(1)} s of processor, ${times(verifyCpuSeconds / plainCpuSeconds)} of reading the rows and one SHA-256 over each; others waited at most ${whole(longestBlockMs)} ms`],
        ['  append to it, 100 a transaction', `${whole(appendPerSecond)}/s`, `${times(appendPerSecond / chainPerSecond)} of the keyed chain of before (${whole(chainPerSecond)}/s)`],
      ];
    },
  },
  {
    name: 'sdk',
    run: async () => {
      const { verifyPerSecond, joseVerifyPerSecond } = await benchSdk();
      return [['SDK: verify an answer (12 disclosures)', `${whole(verifyPerSecond)}/s`, `${times(verifyPerSecond / joseVerifyPerSecond)} of jose checking the signature alone (${whole(joseVerifyPerSecond)}/s)`]];
    },
  },
];

const wanted = process.argv.slice(2);
process.stdout.write(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${whole(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}\n\n`);
for (const section of SECTIONS.filter(({ name, onlyAsked }) => (wanted.length === 0 ? onlyAsked !== true : wanted.includes(name)))) {
  for (const [what, figure, beside] of await section.run()) process.stdout.write(`${what.padEnd(58)} ${figure.padEnd(36)} ${beside}\n`);
}
