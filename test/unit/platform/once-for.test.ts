import { expect, test } from 'vitest';
import { onceFor } from '../../../electron/core/platform/once-for.ts';

test('the same key reckons once, also for who asks meanwhile; another key, none and a failure reckon anew', async () => {
  let key: string | null = 'a', times = 0, fails = false;
  const get = onceFor(() => key, () => { times += 1; return fails ? Promise.reject(new Error('no')) : Promise.resolve(times); });
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
  key = 'b';
  expect(await get()).toBe(2);
  key = 'a';
  expect(await get()).toBe(3);
  key = null;
  expect(await Promise.all([get(), get()])).toEqual([4, 5]);
  // What was kept before there was no key is gone, too.
  key = 'a';
  fails = true;
  await expect(get()).rejects.toThrow('no');
  fails = false;
  expect(await get()).toBe(7);
  expect(await get()).toBe(7);
});

test('a failure that comes late does not take away what was kept since', async () => {
  const answers: ((value: Promise<number>) => void)[] = [];
  let key = 'a';
  const get = onceFor(() => key, () => new Promise<number>((resolve) => { answers.push(resolve); }));
  const first = get();
  key = 'b';
  const second = get();
  answers[0]?.(Promise.reject(new Error('late')));
  await expect(first).rejects.toThrow('late');
  answers[1]?.(Promise.resolve(2));
  expect(await second).toBe(2);
  expect(get()).toBe(second);
});
