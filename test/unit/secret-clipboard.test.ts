/** Secrets on the clipboard: marked where a host can, gone after ten seconds, and what somebody copied meanwhile is left alone. */
import type { ClipboardItem } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSecretClipboard, SECRET_STAYS_MS } from '../../electron/shell/secret-clipboard.ts';
import { copySecret, SECRET_STAYS_MS as STAYS_IN_BROWSER_MS } from '../../renderer/src/bridge/secret-clipboard.ts';

function shellClipboard(platform: NodeJS.Platform) {
  const writes: Record<string, string>[] = [];
  const waiting: { readonly ms: number; readonly body: () => void }[] = [];
  const held = { text: '' };
  class Item { readonly items: Record<string, string>; constructor(items: Record<string, string>) { this.items = items; } }
  const secrets = createSecretClipboard({
    platform, ClipboardItem: Item as unknown as new (items: Record<string, string>) => ClipboardItem, after: (ms, body) => { waiting.push({ ms, body }); },
    clipboard: {
      write: ([item]) => {
        const { items } = item as unknown as Item;
        writes.push(items);
        held.text = items['text/plain'] ?? '';
        return Promise.resolve();
      },
      readText: () => Promise.resolve(held.text),
      clear: () => { held.text = ''; },
    },
  });
  return { copy: (text: unknown) => secrets.copy(text), clear: () => secrets.clear(), writes, waiting, held };
}

describe('in the desktop app', () => {
  test.each([['linux', 'x-kde-passwordManagerHint'], ['darwin', 'org.nspasteboard.ConcealedType'], ['win32', 'ExcludeClipboardContentFromMonitorProcessing']] as const)('a secret is marked as one on %s, in the same write as its text', async (platform, format) => {
    const { copy, writes } = shellClipboard(platform);
    await copy('abandon ability able');
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatchObject({ 'text/plain': 'abandon ability able', [`electron application/osclipboard;format="${format}"`]: expect.any(String) as string });
  });

  test('it is gone after ten seconds, unless something else lies there by then', async () => {
    const { copy, waiting, held } = shellClipboard('linux');
    await copy('abandon ability able');
    expect(waiting.map(({ ms }) => ms)).toEqual([SECRET_STAYS_MS]);
    expect(SECRET_STAYS_MS).toBe(10_000);
    waiting[0]?.body();
    await vi.waitFor(() => { expect(held.text).toBe(''); });
    await copy('abandon ability able');
    held.text = 'a shopping list';
    waiting[1]?.body();
    await Promise.resolve();
    expect(held.text).toBe('a shopping list');
  });

  test('it goes with the program, whatever the time', async () => {
    const { copy, clear, held } = shellClipboard('linux');
    await clear();
    await copy('abandon ability able');
    await clear();
    expect(held.text).toBe('');
  });

  test.each([[''], ['x'.repeat(2_000)], [null], [{ length: 3 }]])('what is no secret is refused: %j', async (text) => {
    const { copy, writes } = shellClipboard('linux');
    await expect(copy(text)).rejects.toThrow(expect.objectContaining({ code: 'ERR_INPUT_INVALID' }) as Error);
    expect(writes).toEqual([]);
  });
});

describe('in a browser', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  function browserPage() {
    const writes: string[] = [];
    const front: (() => void)[] = [];
    const state = { focus: true };
    return { writes, front, state, page: { clipboard: { writeText: (text: string) => { writes.push(text); return Promise.resolve(); } }, hasFocus: () => state.focus, onceInFront: (body: () => void) => { front.push(body); } } };
  }

  test('a secret is taken off after ten seconds', async () => {
    const { writes, page } = browserPage();
    await copySecret('abandon', page);
    vi.advanceTimersByTime(STAYS_IN_BROWSER_MS - 1);
    expect(writes).toEqual(['abandon']);
    vi.advanceTimersByTime(1);
    expect(writes).toEqual(['abandon', '']);
  });

  test('with another window in front, it is taken off when this one is in front again', async () => {
    const { writes, front, state, page } = browserPage();
    await copySecret('abandon', page);
    state.focus = false;
    vi.advanceTimersByTime(STAYS_IN_BROWSER_MS);
    expect(writes).toEqual(['abandon']);
    state.focus = true;
    front[0]?.();
    expect(writes).toEqual(['abandon', '']);
  });

  test('copied twice, it stays ten seconds from the second time', async () => {
    const { writes, page } = browserPage();
    await copySecret('abandon', page);
    vi.advanceTimersByTime(6_000);
    await copySecret('ability', page);
    vi.advanceTimersByTime(6_000);
    expect(writes).toEqual(['abandon', 'ability']);
    vi.advanceTimersByTime(4_000);
    expect(writes).toEqual(['abandon', 'ability', '']);
  });
});
