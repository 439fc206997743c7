/** The web host as a program: what it prints, how it refuses, and what a crash leaves behind. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';

const program = join(projectDir, 'out/main/web-host.js');
const env = { ...process.env, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: '0' };

let folder = '';
test.beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'penchant-host-')); });
test.afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function start(args: readonly string[] = []) {
  const child = spawn(process.execPath, [program, '--vault', join(folder, 'vault'), ...args], { cwd: projectDir, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => { lines.push(line); });
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  return { child, lines, ended };
}

test('it prints one line for people and the link, or one JSON line for programs', async () => {
  const people = start();
  await expect.poll(() => people.lines.length).toBe(2);
  expect(people.lines[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=[A-Za-z0-9_-]{43}$/u);
  people.child.kill('SIGTERM');
  expect(await people.ended).toBe(0);
  const programs = start(['--json']);
  await expect.poll(() => programs.lines.length).toBe(1);
  expect(JSON.parse(programs.lines[0] ?? '')).toEqual({ ready: true, url: expect.stringContaining('/?ticket=') });
  programs.child.kill('SIGINT');
  expect(await programs.ended).toBe(0);
  expect(existsSync(join(folder, 'vault.host.json'))).toBe(false);
  // Nothing of a vault is made before the person makes one.
  expect(existsSync(join(folder, 'vault'))).toBe(false);
});

test('what it cannot do it says with a code and a stable exit status', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => { taken.listen(0, '127.0.0.1', resolve); });
  const { port } = taken.address() as AddressInfo;
  const run = (...args: string[]) => spawnSync(process.execPath, [program, '--json', '--vault', join(folder, 'vault'), ...args], { cwd: projectDir, env, encoding: 'utf8', timeout: 20_000 });
  const cases: [string[], number, string][] = [[['--port', String(port)], 69, 'ERR_PORT_IN_USE'], [['--port', 'x'], 64, 'ERR_USAGE'], [['--nonsense'], 64, 'ERR_USAGE']];
  for (const [args, status, code] of cases) {
    const refused = run(...args);
    expect([refused.status, refused.stdout]).toEqual([status, '']);
    expect(JSON.parse(refused.stderr)).toEqual({ code, message: expect.any(String) });
  }
  taken.close();
});

test('whoever takes the port of a killed one is told no key, and his page is not the one to open', async () => {
  const first = start(['--json']);
  await expect.poll(() => first.lines.length).toBe(1);
  const { origin, port } = new URL((JSON.parse(first.lines[0] ?? '') as { readonly url: string }).url);
  first.child.kill('SIGKILL');
  await first.ended;
  const { key } = JSON.parse(readFileSync(join(folder, 'vault.host.json'), 'utf8')) as { readonly key: string };
  const heard: string[] = [];
  const thief = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard.push(chunk.toString('latin1'));
      const proof = /x-penchant-proof: ([\w-]+)/iu.exec(heard.join(''))?.[1];
      const body = JSON.stringify({ url: `${origin}/?ticket=${'t'.repeat(43)}`, proof });
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
  });
  await new Promise<void>((resolve) => { thief.listen(Number(port), '127.0.0.1', resolve); });
  const second = start(['--json']);
  await expect.poll(() => second.lines.length).toBe(1);
  const answer = JSON.parse(second.lines[0] ?? '') as { readonly url: string; readonly already?: boolean };
  expect(heard.join('')).toContain('POST /link');
  expect(heard.join('')).not.toContain(key);
  expect(answer.already).toBeUndefined();
  expect(new URL(answer.url).origin).not.toBe(origin);
  thief.close();
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('killed without warning, it leaves a vault the next start serves', async () => {
  const first = start(['--json']);
  await expect.poll(() => first.lines.length).toBe(1);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = start(['--json']);
  await expect.poll(() => second.lines.length).toBe(1);
  const answer = JSON.parse(second.lines[0] ?? '') as { readonly url: string; readonly already?: boolean };
  expect(answer.already).toBeUndefined();
  expect((await fetch(answer.url, { redirect: 'manual' })).status).toBe(303);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});
