/** Marked blocks of a Markdown file that a test owns: `<!-- example: NAME -->` … `<!-- /example -->`. */

const BLOCK = /(<!-- example: ([a-z0-9-]+) -->\n)([\s\S]*?)(\n<!-- \/example -->)/g;

/** Blocks by name, each as it stands, fences included. @throws {Error} when a name is used twice. */
export function readBlocks(markdown: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  for (const [, , name = '', content = ''] of markdown.matchAll(BLOCK)) {
    if (blocks.has(name)) throw new Error(`The example "${name}" stands twice.`);
    blocks.set(name, content);
  }
  return blocks;
}

/** The same text with these blocks in place; other blocks stay. */
export const writeBlocks = (markdown: string, blocks: ReadonlyMap<string, string>): string =>
  markdown.replace(BLOCK, (whole, start: string, name: string, _content: string, end: string) => {
    const next = blocks.get(name);
    return next === undefined ? whole : `${start}${next}${end}`;
  });

const LINE = 100;

/** Text in lines of at most 100 characters; the breaks mean nothing. */
export const wrapped = (text: string): string => text.match(new RegExp(`.{1,${LINE}}`, 'g'))?.join('\n') ?? '';

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** The text of a fenced block without its line breaks; empty when there is none. */
export const unwrapped = (block: string | undefined): string => (block ?? '').replace(/^```[a-z]*\n/, '').replace(/\n```$/, '').replaceAll('\n', '');
