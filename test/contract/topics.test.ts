/** What the core tells without being asked has the form the contract gives it. */
import { expect, test } from 'vitest';
import { topics, type TopicName } from '../../shared/api/contract.ts';
import type { WireEvent } from '../../shared/api/wire.ts';
import { call, openedCore, PASSPHRASE } from '../support/ports.ts';

test('every event of an owner’s hour fits its topic', async () => {
  const events: WireEvent[] = [];
  const { core } = await openedCore();
  core.onEvent((event) => { events.push(event); });
  await call(core, 'settings.set', { theme: 'dark' });
  const preview = await call(core, 'sources.previewSamples');
  const ended = new Promise<void>((resolve) => {
    core.onEvent(({ topic, payload }) => { if (topic === 'job.changed' && topics['job.changed'].parse(payload).state !== 'running') resolve(); });
  });
  await call(core, 'sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key }) => ({ key })) });
  await ended;
  await call(core, 'profile.declare', { claim: 'language', value: 'en' });
  await call(core, 'vault.renewRecovery', { proof: { passphrase: PASSPHRASE } });
  await new Promise((resolve) => setTimeout(resolve, 300));

  for (const { topic, payload } of events) {
    expect(Object.keys(topics)).toContain(topic);
    expect(topics[topic as TopicName].safeParse(payload).error, topic).toBeUndefined();
  }
  expect([...new Set(events.map(({ topic }) => topic))].sort()).toEqual(['audit.appended', 'job.changed', 'profile.changed', 'settings.changed', 'vault.changed']);
});
