/** The documents agree with the tree: links, command lines, error codes, claims, tiers, cited tests. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS as OWNER_COMMANDS } from '../../electron/cli/commands.ts';
import { COMMANDS as COMPANY_COMMANDS } from '../../sdk/cli/commands.ts';
import { COMMON_OPTIONS } from '../../sdk/cli/args.ts';
import { TARGET_NAMES } from '../fuzz/main.ts';
import { CODES, ERROR_CODES } from '../../shared/errors/codes.ts';
import { PATHS, PROBLEMS } from '../../shared/protocol/names.ts';
import { PURPOSES } from '../../shared/protocol/purposes.ts';
import { answerPayload, companyDocument, proofPayload, redeemBody, requestDetails, requestPayload, requestReceipt, statusPayload, tokenPayload } from '../../shared/protocol/schemas.ts';
import { CLAIMS, LADDERS } from '../../shared/protocol/vocabulary.ts';

const ROOT = join(import.meta.dirname, '../..');
const LEFT_OUT = new Set(['node_modules', 'out', '.git', '.tsbuild', 'test-results', 'playwright-report']);

function markdownUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = markdownUnder(ROOT).map((path) => relative(ROOT, path)).sort();
/** Text without fenced blocks: examples are not links. */
const prose = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');

/** Anchors as GitHub makes them. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));

/** Words of a workplace, as the first half of their SHA-256, so that this list names none of them either. */
const FORBIDDEN = new Set(['c857d09db23e6822', 'c70eca6b0f88f44d', '59458508a0827cff', '94a168d2da574b00', '487b91042c7cf27a', '57de4cf40144bdf7', '3ea125d0bff386e6']);

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  test('links to files and headings that are there', () => {
    const broken = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
      return !existsSync(file) || (anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names only npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('names no machine, folder or service of whoever writes it', () => {
    const paths = [...text.matchAll(/(?<![\w.:/~<>$-])\/[a-z]+\/[\w./-]*/g)].map(([path]) => path).filter((path) => !/^\/(?:v1|\.well-known)\//.test(path));
    const registries = [...text.matchAll(/https?:\/\/[^\s)]*\b(?:registry|proxy|mirror|internal)\b[^\s)]*/g)].map(([url]) => url);
    const words = (text.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => FORBIDDEN.has(createHash('sha256').update(word).digest('hex').slice(0, 16)));
    expect([...paths, ...registries, ...words]).toEqual([]);
  });
});

/** Command lines in code, with line breaks and the marks of optional parts taken out. */
function commandLines(program: string): { readonly page: string; readonly line: string }[] {
  return PAGES.flatMap((page) => {
    const text = read(page);
    const inline = [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
    const fenced = [...text.matchAll(/^ *```[a-z]*\n([\s\S]*?)^ *```$/gm)].flatMap(([, code = '']) => code.split('\n'));
    return [...inline, ...fenced].map((line) => line.trim().replace(/^npx /, '')).filter((line) => line.startsWith(`${program} `)).map((line) => ({ page, line }));
  });
}
const optionsIn = (line: string): string[] => [...line.matchAll(/--([a-z-]+)/g)].map(([, name = '']) => name);
const wordsIn = (line: string): string[] => line.split(' ').slice(1).filter((word) => /^[a-z][a-z-]*$/.test(word));

describe('the owner’s command line', () => {
  /** Every command takes these (`electron/cli/arguments.ts`). */
  const COMMON = ['json', 'vault', 'passphrase-file', 'help'];
  const formOf = (line: string) => OWNER_COMMANDS.map(({ form }) => form).filter((form) => form.words.every((word, i) => wordsIn(line)[i] === word)).sort((a, b) => b.words.length - a.words.length)[0];

  test('has every command and option that a document names', () => {
    const wrong = commandLines('penchant').flatMap(({ page, line }) => {
      const form = formOf(line);
      if (!form) return line.startsWith('penchant --') ? [] : [`${page}: ${line}`];
      return optionsIn(line).filter((name) => !COMMON.includes(name) && !Object.hasOwn(form.options, name)).map((name) => `${page}: ${line} (--${name})`);
    });
    expect(wrong).toEqual([]);
  });

  test('is in the README whole', () => {
    const lines = commandLines('penchant').filter(({ page }) => page === 'README.md');
    const missing = OWNER_COMMANDS.flatMap(({ form }) => {
      const own = lines.filter(({ line }) => formOf(line) === form);
      const named = own.flatMap(({ line }) => optionsIn(line));
      return own.length === 0 ? [form.words.join(' ')] : Object.keys(form.options).filter((name) => !named.includes(name)).map((name) => `${form.words.join(' ')} --${name}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('the company’s command line', () => {
  test('has every command and option that a document names', () => {
    const wrong = commandLines('penchant-company').flatMap(({ page, line }) => {
      const command = COMPANY_COMMANDS.get(wordsIn(line)[0] ?? '');
      if (!command) return [`${page}: ${line}`];
      return optionsIn(line).filter((name) => !Object.hasOwn(COMMON_OPTIONS, name) && !Object.hasOwn(command.options, name)).map((name) => `${page}: ${line} (--${name})`);
    });
    expect(wrong).toEqual([]);
  });

  test('is in the README whole', () => {
    const lines = commandLines('penchant-company').filter(({ page }) => page === 'README.md').map(({ line }) => line);
    const missing = [...COMPANY_COMMANDS].flatMap(([name, command]) => {
      const named = lines.filter((line) => wordsIn(line)[0] === name).flatMap(optionsIn);
      return Object.keys(command.options).filter((option) => !named.includes(option)).map((option) => `${name} --${option}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('docs/protocol.md', () => {
  const text = read('docs/protocol.md');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const rowOf = (name: string): string => rows.find((row) => row.startsWith(`| \`${name}\` `) || row.split('|')[1]?.includes(`\`${name}\``) === true) ?? '';

  test('has every code a company can cause, with its status', () => {
    const wrong = ERROR_CODES.filter((code) => CODES[code].audience === 'company' && !rowOf(code).includes(`| ${CODES[code].http} |`));
    expect(wrong).toEqual([]);
  });

  test('has every problem, with its type and status', () => {
    const wrong = Object.entries(PROBLEMS).filter(([code, { type, status }]) => !(rowOf(code).includes(`\`${type}\``) && rowOf(code).includes(`| ${status} |`)));
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  const section = (title: string): string => new RegExp(`^## ${title}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text)?.[1]?.split('\n').filter((line) => line.startsWith('|')).join('\n') ?? '';

  test.each<readonly [string, { readonly shape: Readonly<Record<string, unknown>> }]>([
    ['Company keys and company document', companyDocument], ['Request', requestPayload], ['Request', requestDetails], ['Handing a request over', requestReceipt],
    ['Preference token', tokenPayload], ['Proof of possession', proofPayload], ['Redemption', redeemBody], ['Answer', answerPayload], ['Status list', statusPayload],
  ])('names every member of its message under "%s"', (title, { shape }) => {
    expect(Object.keys(shape).filter((name) => !section(title).includes(`\`${name}`))).toEqual([]);
  });

  test('has every path, claim and purpose, each ladder in order', () => {
    expect(Object.values(PATHS).filter((path) => !rows.some((row) => row.includes(`\`${path}`)))).toEqual([]);
    expect(CLAIMS.filter((claim) => !rowOf(claim).includes(`| ${LADDERS[claim].join(' → ')} |`))).toEqual([]);
    expect(Object.entries(PURPOSES).filter(([name, { iri }]) => !rowOf(name).includes(`\`${iri}\``)).map(([name]) => name)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');
  const table = /<!-- tiers -->([\s\S]*?)<!-- \/tiers -->/.exec(text)?.[1] ?? '';
  const documented = [...table.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)].map(([, , folders = '']) => [...folders.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));

  test('has the tiers of the dependency rules', () => {
    const array = /const TIERS = \[([\s\S]*?)\n\];/.exec(read('.dependency-cruiser.cjs'))?.[1] ?? '';
    const tiers = [...array.matchAll(/^ {2}\[(.*)\],$/gm)].map(([, names = '']) => [...names.matchAll(/'([a-z]+)'/g)].map(([, name = '']) => name));
    expect(tiers.length).toBeGreaterThan(5);
    expect(documented).toEqual(tiers);
  });

  test('knows every folder of the core', () => {
    const folders = readdirSync(join(ROOT, 'electron/core'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.filter((folder) => !documented.flat().includes(folder))).toEqual([]);
  });
});

describe.each(['SECURITY.md', 'docs/threat-model.md'])('%s', (page) => {
  test('cites tests by their names', () => {
    const missing = read(page).split('\n').flatMap((line) => {
      const cell = line.split(' | ').at(-1) ?? '';
      return [...cell.matchAll(/\]\((?:\.\.\/)?(test\/[^)]+)\)((?: “[^”]+”,?)+)/g)].flatMap(([, file = '', titles = '']) => {
        // Apostrophes may be escaped where the name is written.
        const source = read(file).replaceAll("\\'", "'");
        return [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title).filter((title) => !source.includes(title)).map((title) => `${file}: ${title}`);
      });
    });
    expect(missing).toEqual([]);
  });
});

describe('docs/threat-model.md', () => {
  const text = read('docs/threat-model.md');

  test('has the twenty points of Electron’s guide, each with a test', () => {
    const table = /<!-- electron -->([\s\S]*?)<!-- \/electron -->/.exec(text)?.[1] ?? '';
    const rows = table.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows.map((row) => Number(row.split('|')[1]))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(rows.filter((row) => !/\]\(\.\.\/test\/[^)]+\) “/.test(row))).toEqual([]);
  });

  test('names every fuzz target', () => {
    const named = [...(/## Parsers([\s\S]*?)\n## /.exec(text)?.[1] ?? '').matchAll(/^\| [^|]+ \| (`.*`) \|$/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name));
    expect(named.toSorted()).toEqual([...TARGET_NAMES].toSorted());
  });
});

describe('SECURITY.md', () => {
  test('has a test behind every promise', () => {
    const promises = /## Promises([\s\S]*?)## What Penchant does not promise/.exec(read('SECURITY.md'))?.[1] ?? '';
    const rows = promises.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise') && !line.startsWith('| ---'));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !/\]\(test\/[^)]+\) “/.test(row))).toEqual([]);
  });
});
