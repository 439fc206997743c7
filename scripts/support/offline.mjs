// Preloaded into a tool that should do the same with a network and without: no name is found, in a way that nobody tries again.
import dns from 'node:dns';

const refuse = (name) => Object.assign(new Error(`no network for ${name}`), { code: 'ERR_OFFLINE' });
dns.lookup = (name, options, callback) => { process.nextTick(callback ?? options, refuse(name)); };
