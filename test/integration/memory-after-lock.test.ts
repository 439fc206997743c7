/** The running app after locking: no process of it holds what was planted, the passphrase or a key; and the window is let in again. Also what the keeper promises besides. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseHeader } from '../../electron/core/vault/header.ts';
import { ensureBuilt } from '../../scripts/support/build.ts';
import { openBySecret, vaultPaths } from '../../electron/core/vault/vault.ts';
import type { Outcome, WireEvent, WireReply } from '../../shared/api/wire.ts';
import { inMemory, processesOf } from '../support/app-processes.ts';
import { hostileCrowd } from '../support/crowd.ts';
import { temporaryFolder } from '../support/database.ts';

interface Program { readonly child: ChildProcess; readonly origin: string; readonly link: string; readonly vault: string; said(): string }

/** The program as `npm start` runs it, from source. */
async function startProgram(): Promise<Program> {
  const vault = join(temporaryFolder(), 'vault');
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../electron/web-host/main.ts'), '--json', '--vault', vault], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: '0' } });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const output = child.stdout;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    process.stderr.write(chunk);
  });
  const line = await new Promise<string>((resolve) => { createInterface({ input: output }).once('line', resolve); });
  const { url } = JSON.parse(line) as { readonly url: string };
  return { child, link: url, origin: new URL(url).origin, vault, said: () => said };
}

async function signIn({ link, origin }: Program) {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const secret = new URL(answer.headers.get('location') ?? '/', origin).hash.replace('#s=', '');
  return { cookie, secret };
}

/** One window: a WebSocket like the page's. */
async function openWindow({ origin }: Program, { cookie, secret }: { readonly cookie: string; readonly secret: string }) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['penchant', `penchant.${secret}`], { headers: { cookie, origin } });
  onTestFinished(() => { socket.terminate(); });
  const calls = new Map<number, (outcome: Outcome) => void>();
  const events: WireEvent[] = [];
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as WireReply | WireEvent;
    if ('topic' in frame) events.push(frame);
    else calls.get(frame.id)?.(frame);
  });
  const closed = new Promise<number>((resolve) => { socket.on('close', resolve); });
  await new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  let nextId = 1;
  const call = async <T>(method: string, input?: unknown): Promise<T> => {
    const outcome = await new Promise<Outcome>((resolve) => {
      const id = nextId++;
      calls.set(id, resolve);
      socket.send(JSON.stringify({ id, method, input }));
    });
    if (!outcome.ok) throw new Error(`${method}: ${outcome.error.code}`);
    return outcome.value as T;
  };
  return { call, closed, events };
}

/** As a page does: again and again until it is in. */
async function untilOpen<T>(open: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try { return await open(); } catch (error) { if (tries === 100) throw error; }
    await pause(50);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// The program serves the built page.
beforeAll(() => { expect(ensureBuilt(() => undefined)).toBe(true); }, 120_000);

describe.skipIf(process.platform !== 'linux')('the running app, in /proc', { timeout: 120_000 }, () => {
  test('holds nothing of the vault one second after locking, in no process of it', async () => {
    const program = await startProgram();
    const pid = program.child.pid ?? 0;
    const session = await signIn(program);
    const page = await openWindow(program, session);
    const words = Array.from({ length: 5 }, () => randomBytes(4).toString('hex')).join(' ');
    const passphrase = `quiet herons ${words}`;
    const planted = { title: `Planted ${randomBytes(12).toString('hex')}`, brand: `Brand ${randomBytes(12).toString('hex')}` };
    await page.call('vault.create', { passphrase });
    const upload = await fetch(`${program.origin}/files?name=NetflixViewingHistory.csv`, {
      method: 'POST', headers: { cookie: session.cookie, origin: program.origin, 'x-penchant-upload': '1', 'x-penchant-secret': session.secret },
      body: `Title,Date\n${Array.from({ length: 50 }, (_, i) => `"${planted.title} ${i}","1/${1 + (i % 28)}/26"`).join('\n')}\n`,
    });
    const { id } = await upload.json() as { readonly id: string };
    const { previewId, items } = await page.call<{ readonly previewId: string; readonly items: readonly { readonly key: string }[] }>('sources.preview', { fileIds: [id] });
    await page.call('sources.import', { previewId, choices: items.map(({ key }) => ({ key })) });
    await expect.poll(async () => (await page.call<{ readonly imports: readonly { readonly state: string }[] }>('sources.imports')).imports[0]?.state, { timeout: 30_000 }).toBe('done');
    await page.call('profile.declare', { claim: 'brand', value: planted.brand });
    expect(JSON.stringify(await page.call('profile.list'))).toContain(planted.brand);

    const header = parseHeader(readFileSync(vaultPaths(program.vault).header, 'utf8'));
    const { masterKey } = await openBySecret({ randomBytes }, header, { passphrase });
    const needles: Record<string, Buffer> = { masterKey: Buffer.from(masterKey), masterKeyHex: Buffer.from(Buffer.from(masterKey).toString('hex')), passphrase: Buffer.from(passphrase), passphraseWide: Buffer.from(passphrase, 'utf16le') };
    for (const [name, text] of Object.entries(planted)) {
      needles[name] = Buffer.from(text);
      needles[`${name}Wide`] = Buffer.from(text, 'utf16le');
    }
    // The control: while it is open, the scan does find these, and the keeper holds none of them.
    const before = processesOf(pid).map((process) => inMemory(process, needles));
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(before[0]).toEqual([]);
    expect([...new Set(before.flat())]).toEqual(expect.arrayContaining(['masterKey', 'title', 'brand', 'passphrase']));

    await page.call('vault.lock');
    expect(await page.closed).toBe(4402);
    await pause(1_000);
    for (const process of processesOf(pid)) expect(inMemory(process, needles), `process ${process}`).toEqual([]);

    const back = await untilOpen(() => openWindow(program, session));
    expect(await back.call('vault.status')).toMatchObject({ state: 'locked' });
    expect(await back.call('vault.unlock', { passphrase })).toMatchObject({ state: 'unlocked' });
    expect(JSON.stringify(await back.call('profile.list'))).toContain(planted.brand);
  });

  test('holds nothing either when the vault is locked again right after unlocking, again and again', async () => {
    const program = await startProgram();
    const pid = program.child.pid ?? 0;
    const session = await signIn(program);
    const passphrase = `calm otters ${randomBytes(16).toString('hex')}`;
    const first = await openWindow(program, session);
    await first.call('vault.create', { passphrase });
    await first.call('vault.lock');
    await first.closed;
    // More often than a keeper forgives a host process that dies young.
    for (let round = 0; round < 7; round++) {
      const page = await untilOpen(() => openWindow(program, session));
      expect(await page.call('vault.unlock', { passphrase })).toMatchObject({ state: 'unlocked' });
      void page.call('vault.lock').catch(() => undefined);
      expect(await Promise.race([page.closed, pause(5_000)]), `round ${round}`).toBe(4402);
    }
    await pause(1_000);
    const needles = { passphrase: Buffer.from(passphrase), wide: Buffer.from(passphrase, 'utf16le') };
    for (const process of processesOf(pid)) expect(inMemory(process, needles), `process ${process}`).toEqual([]);
    expect(program.child.exitCode).toBeNull();
  });

  test('a host process that dies again and again is given up, in words and with status 70', async () => {
    const program = await startProgram();
    const pid = program.child.pid ?? 0;
    const ended = new Promise<number | null>((resolve) => { program.child.once('exit', resolve); });
    const killer = setInterval(() => {
      const [, host] = processesOf(pid);
      try { if (host !== undefined) process.kill(host, 'SIGKILL'); } catch { return; }
    }, 50);
    onTestFinished(() => { clearInterval(killer); });
    expect(await ended).toBe(70);
    expect(program.said()).toContain('Penchant does not start.');
    expect(existsSync(`${program.vault}.host.json`)).toBe(false);
  });

  test('a host process that is killed is replaced, its core locks, and the window is still signed in', async () => {
    const program = await startProgram();
    const session = await signIn(program);
    const page = await openWindow(program, session);
    await page.call('vault.create', { passphrase: 'seven calm otters read by lamplight' });
    const [keeper = 0, host = 0] = processesOf(program.child.pid ?? 0);
    expect(keeper).toBe(program.child.pid);
    process.kill(host, 'SIGKILL');
    await page.closed;
    const back = await untilOpen(() => openWindow(program, session));
    await expect.poll(async () => (await back.call<{ readonly state: string }>('vault.status')).state, { timeout: 20_000 }).toBe('locked');
    await expect.poll(() => back.call('vault.unlock', { passphrase: 'seven calm otters read by lamplight' }).then(() => 'opened', String), { timeout: 20_000 }).toBe('opened');
  });

  test('while 300 hostile connections hang on, the owner is served, and let in again after locking', async () => {
    const program = await startProgram();
    const session = await signIn(program);
    const page = await openWindow(program, session);
    await page.call('vault.create', { passphrase: 'seven calm otters read by lamplight' });
    const head = `Host: ${new URL(program.origin).host}\r\n`;
    const hostile = hostileCrowd(Number(new URL(program.origin).port), 300, [{ start: '' }, { start: 'NONSENSE\r\n\r\n' }, { start: `GET / HTTP/1.1\r\n${head}`, drip: 'X-A: b\r\n' }, { start: `GET / HTTP/1.1\r\n${head}\r\n`.repeat(20), deaf: true }]);
    await expect.poll(hostile.opened, { timeout: 20_000 }).toBeGreaterThanOrEqual(300);
    for (let i = 0; i < 20; i++) expect(await page.call('vault.status')).toMatchObject({ state: 'unlocked' });
    const another = await untilOpen(() => openWindow(program, session));
    expect(await another.call('vault.status')).toMatchObject({ state: 'unlocked' });
    await page.call('vault.lock');
    await page.closed;
    const back = await untilOpen(() => openWindow(program, session));
    expect(await back.call('vault.unlock', { passphrase: 'seven calm otters read by lamplight' })).toMatchObject({ state: 'unlocked' });
    process.stdout.write(`keeper: the owner was served and let in again among ${hostile.opened()} hostile connections, ${hostile.cut()} of them cut\n`);
  });

  test('a used link stays used, and a caller that never ends its headers is cut, through the keeper too', async () => {
    const program = await startProgram();
    const session = await signIn(program);
    const page = await openWindow(program, session);
    await page.call('vault.create', { passphrase: 'seven calm otters read by lamplight' });
    await pause(2_000);
    await page.call('vault.lock');
    await page.closed;
    expect((await fetch(program.link, { redirect: 'manual' })).status).toBe(401);
    const startedAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      const slow = connectTcp(Number(new URL(program.origin).port), '127.0.0.1', () => { slow.write('GET / HTTP/1.1\r\nHost: x'); });
      slow.on('data', () => undefined);
      slow.on('close', () => { resolve(); });
      slow.on('error', reject);
    });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});
