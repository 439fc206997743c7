// Preloaded into a tool that should do the same with a network and without: no name is found, in a way that nobody tries again.
import dns from 'node:dns';
import fs from 'node:fs';

const refuse = (name) => Object.assign(new Error(`no network for ${name}`), { code: 'ERR_OFFLINE' });
dns.lookup = (name, options, callback) => { process.nextTick(callback ?? options, refuse(name)); };

// It writes the head of its report and the rest at once, without waiting for one before the other: on a busy computer they overwrite each other.
fs.writeFile = (path, data, ...rest) => {
  const done = rest.pop();
  try { fs.writeFileSync(path, data, ...rest); } catch (error) { process.nextTick(done, error); return; }
  process.nextTick(done, null);
};
