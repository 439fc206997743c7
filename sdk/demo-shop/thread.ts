/** The demo shop as a thread of a program that wants one: fresh keys, a free port, gone with the thread. */
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { generateCompanyKeys } from '../src/index.ts';
import { startShop } from './server.ts';

// From source this file is sdk/demo-shop/thread.ts, built it is out/main/practice-shop.js.
const publicDir = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'public' : '../../sdk/demo-shop/public', import.meta.url));
const { vaultUrl } = workerData as { readonly vaultUrl: string };
const { url } = await startShop({ port: 0, keys: await generateCompanyKeys(), vaultUrl, publicDir, now: Date.now });
parentPort?.postMessage({ url });
