/** A peer for redemptions: oidc-provider answering token introspection (RFC 7662) from memory, under the same client in the same way. It keeps no log, signs nothing and stores nothing. */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { load, type Load } from './client.ts';

interface Ready { readonly url: string; readonly token: string }

const CLIENT = { id: 'bench', secret: 'bench-secret-bench-secret' };
const BASIC = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;

export async function benchIntrospectionPeer(seconds: number, connections: number): Promise<Load> {
  const child = fork(new URL(import.meta.url), ['--serve'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => { resolve(message as Ready); });
      child.once('exit', (code) => { reject(new Error(`the peer ended with ${code ?? 'a signal'}`)); });
    });
    const request = { method: 'POST', headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' }, body: `token=${encodeURIComponent(ready.token)}` } as const;
    await load(ready.url, 1, connections, request);
    return await load(ready.url, seconds, connections, request);
  } finally {
    child.kill();
  }
}

async function serve(): Promise<void> {
  const { Provider } = await import('oidc-provider');
  process.once('disconnect', () => { process.exit(0); });
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
    features: { introspection: { enabled: true }, clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => { void answer(request, response); });
  const issued = await fetch(`${origin}/token`, { method: 'POST', headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials' });
  const { access_token: token } = await issued.json() as { readonly access_token: string };
  const probe = await fetch(`${origin}/token/introspection`, { method: 'POST', headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' }, body: `token=${token}` });
  const state = await probe.json() as { readonly active: boolean };
  if (!state.active) throw new Error('the peer does not know its own token');
  process.send?.({ url: `${origin}/token/introspection`, token } satisfies Ready);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href && process.argv.includes('--serve')) await serve();
