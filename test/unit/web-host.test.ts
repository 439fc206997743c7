/** The web host's smaller parts: options, links and sessions, leftovers of a crash, what the page's folder offers. */
import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStaticFiles } from '../../electron/core/platform/http/static-files.ts';
import { cleanFileName, createIncoming } from '../../electron/web-host/incoming.ts';
import { parseOptions } from '../../electron/web-host/options.ts';
import { createSessions, readSessionCookie, SESSION_IDLE_MS } from '../../electron/web-host/sessions.ts';
import { temporaryFolder } from '../support/database.ts';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';

test('options come from the command line, then the environment, then the platform', () => {
  expect(parseOptions(['--vault', '/v', '--port', '80', '--json'], { PENCHANT_VAULT: '/e', PENCHANT_PORT: '81' }, 'linux', '/home/a')).toMatchObject({ vaultDir: '/v', port: 80, json: true });
  expect(parseOptions([], { PENCHANT_VAULT: '/e', PENCHANT_PORT: '81', PENCHANT_REDEMPTION_PORT: '0' }, 'linux', '/home/a')).toEqual({ vaultDir: '/e', port: 81, redemptionPort: 0, json: false });
  expect(parseOptions([], {}, 'linux', '/home/a')).toMatchObject({ port: 0, json: false });
  expect(parseOptions([], {}, 'linux', '/home/a').vaultDir).toMatch(/^\/home\/a\/\.local\/share\/penchant/u);
});

test.each([[['--port', '65536']], [['--port', '-1']], [['--port', 'x']], [['--port', '']], [['--nonsense']], [['word']], [['--vault']]])('options that make no sense are a usage error: %j', (argv) => {
  expect(() => parseOptions(argv, {}, 'linux', '/home/a')).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }) as Error);
});

test('a session is known by its secret alone, and dropped when too many are open', () => {
  const sessions = createSessions({ randomBytes, nowMs: () => 0 });
  const open = (): string => {
    const verdict = sessions.exchange(sessions.newTicket());
    if (verdict.kind !== 'accepted') throw new Error(verdict.kind);
    return verdict.session;
  };
  const first = open();
  let dropped = false;
  sessions.onDropped(first, () => { dropped = true; });
  for (let i = 0; i < 7; i++) open();
  expect(sessions.isValid(first)).toBe(true);
  open();
  expect(sessions.isValid(first)).toBe(false);
  expect(dropped).toBe(true);
  expect(sessions.isValid(undefined)).toBe(false);
  expect(sessions.isValid('')).toBe(false);
});

test('a page is known by a secret of its session; the seventeenth forgets the first', () => {
  const sessions = createSessions({ randomBytes, nowMs: () => 0 });
  const open = (current?: string) => {
    const verdict = sessions.exchange(sessions.newTicket(), current);
    if (verdict.kind !== 'accepted') throw new Error(verdict.kind);
    return verdict;
  };
  const first = open();
  const other = open();
  // A session nobody opened here is not taken over.
  expect(open('A'.repeat(43)).session).not.toBe('A'.repeat(43));
  expect(sessions.isPageOf(first.session, first.pageSecret)).toBe(true);
  for (const wrong of [undefined, '', other.pageSecret, first.session, `${first.pageSecret} `]) expect(sessions.isPageOf(first.session, wrong)).toBe(false);
  expect(sessions.isPageOf('A'.repeat(43), first.pageSecret)).toBe(false);
  const more = Array.from({ length: 15 }, () => open(first.session));
  expect([first, ...more].every((page) => page.session === first.session && sessions.isPageOf(first.session, page.pageSecret))).toBe(true);
  open(first.session);
  expect(sessions.isPageOf(first.session, first.pageSecret)).toBe(false);
  expect(more.every((page) => sessions.isPageOf(first.session, page.pageSecret))).toBe(true);
});

test('a session ends twelve hours after its last use, by a look around as well; setting the clock back ends none', () => {
  let now = 1_000_000_000;
  const sessions = createSessions({ randomBytes, nowMs: () => now });
  const verdict = sessions.exchange(sessions.newTicket());
  if (verdict.kind !== 'accepted') throw new Error(verdict.kind);
  const { session, pageSecret } = verdict;
  let ended = 0;
  sessions.onDropped(session, () => { ended += 1; });
  now += SESSION_IDLE_MS;
  sessions.dropIdle();
  expect(sessions.isPageOf(session, pageSecret)).toBe(true);
  now += SESSION_IDLE_MS;
  sessions.dropIdle();
  // A wrong secret is no use of it.
  expect(sessions.isPageOf(session, 'A'.repeat(43))).toBe(false);
  now -= 2 * SESSION_IDLE_MS;
  expect(sessions.isValid(session)).toBe(true);
  now += 2 * SESSION_IDLE_MS + 1;
  sessions.dropIdle();
  expect([ended, sessions.isValid(session), sessions.touch(session), sessions.isPageOf(session, pageSecret)]).toEqual([1, false, false, false]);
  // It is not revived by a new link either.
  const next = sessions.exchange(sessions.newTicket(), session);
  expect(next.kind === 'accepted' && next.session !== session).toBe(true);
});

test('no ticket but the newest is ever accepted', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const sessions = createSessions({ randomBytes, nowMs: () => 0 });
    expect(sessions.exchange(text).kind).toBe('used');
    sessions.newTicket();
    expect(sessions.exchange(text).kind).toBe('used');
  }));
});

test('a cookie given twice counts as none', () => {
  expect(readSessionCookie('a=1; penchant_80=x; b=2', 80)).toBe('x');
  expect(readSessionCookie('penchant_80=x; penchant_80=y', 80)).toBeUndefined();
  expect(readSessionCookie('penchant_8080=x', 80)).toBeUndefined();
  expect(readSessionCookie(undefined, 80)).toBeUndefined();
});

test('a shown file name is one line, one part, never empty', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
    const shown = cleanFileName(name);
    expect(shown.length).toBeGreaterThan(0);
    expect(Array.from(shown).length).toBeLessThanOrEqual(200);
    expect(shown).not.toMatch(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  }));
});

test('uploads a crashed host left are deleted at the next start, those of a running one are kept', () => {
  const folder = join(temporaryFolder(), 'incoming');
  const now = Date.now();
  const left = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'file'), 'x');
    return join(folder, name);
  };
  const dead = left('4194304999-aaaa');
  const nameless = left('nonsense');
  const alive = left(`${process.pid}-bbbb`);
  const old = left(`${process.pid}-cccc`);
  utimesSync(old, new Date(now - 100_000_000), new Date(now - 100_000_000));
  const incoming = createIncoming({ folder, maxBytes: 1, randomBytes, grantFile: () => undefined, nowMs: () => now, pid: process.pid });
  expect([dead, nameless, alive, old].map((path) => existsSync(path))).toEqual([false, false, true, false]);
  incoming.clear();
  expect(existsSync(alive)).toBe(true);
});

test('the page’s folder offers its plain files and no links, and notices being built again', () => {
  const root = temporaryFolder();
  expect(() => createStaticFiles(root)).toThrow(expect.objectContaining({ code: 'ERR_FILE_MISSING' }) as Error);
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), 'one');
  writeFileSync(join(root, 'assets', 'a.js'), '');
  writeFileSync(join(root, 'assets', 'a.js.map'), '');
  symlinkSync('/etc/hostname', join(root, 'link.txt'));
  const files = createStaticFiles(root);
  expect(files.find('/')).toMatchObject({ path: join(root, 'index.html'), immutable: false });
  expect(files.find('/assets/a.js')).toMatchObject({ immutable: true });
  for (const missing of ['/link.txt', '/assets/a.js.map', '', 'index.html', '/b.js']) expect(files.find(missing)).toBeNull();
  writeFileSync(join(root, 'assets', 'b.js'), '');
  utimesSync(join(root, 'index.html'), new Date(), new Date(Date.now() + 5_000));
  expect(files.find('/')).not.toBeNull();
  expect(files.find('/assets/b.js')).not.toBeNull();
});
