/** The few pages the web host says something with before the app itself may load. */
import { createHash } from 'node:crypto';
import { language, t } from '../../shared/language/message.ts';

const STYLE = 'body{font:1.05rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem;color:#22303a;background:#faf7f1}h1{font:600 1.7rem/1.3 Georgia,serif}code{font-size:.95em}@media(prefers-color-scheme:dark){body{color:#e8e4da;background:#17202b}}';

/** No script at all, and only this one style. */
export const NOTICE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Plain sentences only: nothing a caller sent is ever put into them. */
const notice = (title: string, paragraphs: readonly string[]): string =>
  `<!doctype html><html lang="${language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Penchant</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main></body></html>`;

const newLink = (): string => t('To get a new link, start Penchant once more, with {command}. Your vault is not affected.', { command: '<code>npm start</code>' });

/** In the language the process speaks at that moment. */
export const NOTICES = {
  used: () => notice(t('This link has been used'), [t('A link to Penchant opens one browser, once. That keeps others on this computer out.'), newLink()]),
  signedOut: () => notice(t('This browser is not signed in'), [t('Penchant is running, and opens only in the browser that followed its one-time link.'), newLink()]),
  tooMany: () => notice(t('Too many wrong links'), [t('Several links that do not work were tried. Wait a minute, then follow the right one.')]),
  foreign: () => notice(t('Penchant did not answer'), [t('This address was opened by another site or under another name. Copy the link Penchant printed into the address bar as it is.')]),
  notFound: () => notice(t('There is nothing here'), [t('Penchant has one page. Its address ends after the port number.')]),
  method: () => notice(t('Penchant did not answer'), [t('This kind of request is not understood here.')]),
} as const;
