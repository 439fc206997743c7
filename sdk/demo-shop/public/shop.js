/** The page of the demo shop: shows what the server knows, sends what the visitor presses. Text only ever becomes text. */

const drawings = {
  book: 'M6 4h9a3 3 0 0 1 3 3v13H9a3 3 0 0 1-3-3zM6 17a3 3 0 0 1 3-3h9M10 8h5',
  film: 'M4 6h16v12H4zM8 6v12M16 6v12M4 10h4M4 14h4M16 10h4M16 14h4',
  record: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM7 9a6 6 0 0 1 3-3',
  kitchen: 'M4 11h13v4a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM17 12h4M8 4v3M12 4v3',
  outdoor: 'M3 20 12 5l9 15zM9 20l3-6 3 6',
  home: 'M12 3v4M7 7h10l3 8H4zM12 15v5M8 20h8',
  game: 'M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01',
  craft: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM5 9c5 1 9 5 10 10M8 6c5 2 8 5 10 9M14 20l7 1',
  tech: 'M5 14v-2a7 7 0 0 1 14 0v2M5 13h3v7H6a1 1 0 0 1-1-1zM19 13h-3v7h2a1 1 0 0 0 1-1z',
  wear: 'M3 15l6-8 3 3 4 1 5 5v3H3zM9 10l2-1M11 12l2-1',
};

const claimNames = { interest: 'Interests', genre: 'Genres', intent: 'Looking to buy', price_band: 'Price range', brand: 'Brands', avoid: 'Never show me' };
/** The protocol's names of the steps, as people say them. */
const stepWords = { 'top-level area': 'broad areas', 'second level': 'topics', 'third level': 'exact topics', family: 'families', genre: 'genres', department: 'departments', 'product family': 'kinds of product', 'band per department': 'low, middle or high', 'approved names': 'names you tick' };
const purposeWords = 'Used for one thing: recommending products to you.';

const panel = document.getElementById('panel');
const catalogue = document.getElementById('catalogue');
const notice = document.getElementById('notice');
const chip = document.getElementById('chip');
let view = null;
let mode = 'everyone';
let busy = false;
let timer = 0;

/** An element with attributes, handlers and children; strings become text nodes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function drawing(kind) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', drawings[kind] ?? drawings.home);
  svg.append(path);
  return make('div', { class: `cover ${kind}` }, svg);
}

const date = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const button = (label, act, main = false) => make('button', { type: 'button', class: main ? 'main' : null, onclick: act, disabled: busy }, label);

/** Sends one step; the reply is the whole new state. */
async function step(path, body = {}) {
  if (busy) return;
  busy = true;
  for (const one of panel.querySelectorAll('button')) one.disabled = true;
  const hadAnswer = view?.you !== null && view?.you !== undefined;
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const reply = await response.json();
    if (!response.ok) throw new Error(reply.message);
    view = reply;
    if (!hadAnswer && view.you !== null) mode = 'both';
    if (view.you === null) mode = 'everyone';
  } catch (error) {
    view = { ...view, notice: { tone: 'warning', text: error instanceof TypeError ? 'The shop does not answer. Is its program still running?' : error.message, code: null } };
  } finally {
    busy = false;
    show();
  }
}

/** Waits for the decision, or looks the token up now and then, in silence. */
function schedule() {
  clearTimeout(timer);
  if (view.phase === 'sent' && view.pollSeconds !== null) timer = setTimeout(() => step('/api/collect'), view.pollSeconds * 1000);
  if (view.phase === 'answered') timer = setTimeout(() => step('/api/check'), 20_000);
}

function claimTags(claim, value) {
  const words = (item) => {
    if (typeof item !== 'object' || item === null) return [String(item), false];
    if ('band' in item) return [`${item.department[0].toUpperCase()}${item.department.slice(1).replaceAll('-', ' ')}: ${item.band}`, false];
    if ('horizon_weeks' in item) return [`${item.label}, within ${item.horizon_weeks} weeks`, false];
    return [item.strength === undefined ? item.label : `${item.label} (${item.strength})`, item.strength === 'strong'];
  };
  const list = Array.isArray(value) ? value : [value];
  return [make('dt', {}, claimNames[claim] ?? claim), make('dd', {}, make('ul', {}, ...list.map((item) => {
    const [text, strong] = words(item);
    return make('li', { class: 'tag', 'data-strong': strong ? 'yes' : null }, text);
  })))];
}

function asks(claims) {
  const finely = (detail) => stepWords[detail] ?? detail;
  return make('ul', { class: 'asks' }, ...claims.map(({ claim, detail, required }) => make('li', {}, make('span', {}, claimNames[claim] ?? claim), make('small', {}, required === undefined ? finely(detail) : `${finely(detail)}; ${required ? 'needed' : 'if you like'}`))));
}

/** Presents a long text a person may want to look at, closed. */
const folded = (title, text) => make('details', {}, make('summary', {}, title), make('pre', { tabindex: 0 }, text));

function paste() {
  const area = make('textarea', { id: 'token', spellcheck: 'false', autocomplete: 'off', placeholder: 'eyJ…' });
  return make('form', { onsubmit: (event) => { event.preventDefault(); step('/api/token', { token: area.value }); } },
    make('label', { for: 'token' }, 'Or paste the token your vault gave you'), area, make('div', { class: 'row' }, make('button', { type: 'submit' }, 'Use this token')));
}

function plainPanel() {
  return [
    make('p', {}, 'Every visitor sees the same order. If you keep your preferences in a vault of your own, you can let us ask it. You decide there what we may know, how finely, and for how long. You can end it any time.'),
    make('div', { class: 'row' }, button('Ask my vault', () => step('/api/ask'), true)),
  ];
}

function askedPanel() {
  const { request, vaultUrl, phase } = view;
  const copy = async (event) => { await navigator.clipboard.writeText(request.text); event.target.textContent = 'Copied'; };
  return [
    make('p', {}, `What we would like to know. ${purposeWords}`),
    asks(request.claims),
    make('p', { class: 'small' }, `What you get: ${request.benefit} The request can be opened until ${date(request.expiresAt)}.`),
    phase === 'sent' ? make('p', {}, 'Waiting for your decision in the vault. A “no” looks the same to us as no answer.') : make('div', { class: 'row' }, button('Send to the vault on this computer', () => step('/api/send'), true)),
    make('div', { class: 'row' }, make('a', { class: 'button', href: request.link }, 'Open in vault app'), make('a', { class: 'button', href: '/request.jwt' }, 'Download'), button('Copy', copy)),
    make('p', { class: 'small' }, `Vault on this computer: ${vaultUrl}`),
    paste(),
    folded('The signed request', request.text),
  ];
}

function grantedPanel() {
  const { token, answer } = view;
  return [
    ...(answer === null ? [] : [
      make('h2', {}, 'What we were told'),
      Object.keys(answer.claims).length === 0 ? make('p', {}, 'Nothing: your vault has nothing to say for these claims.') : make('dl', {}, ...Object.entries(answer.claims).flatMap(([claim, value]) => claimTags(claim, value))),
      make('p', { class: 'small' }, `Received ${date(answer.receivedAt)}. We delete it when it expires, ${date(answer.expiresAt)}.`),
    ]),
    make('div', { class: 'row' }, button(answer === null ? 'Redeem' : 'Ask again', () => step('/api/redeem'), true), button('Give back', () => step('/api/return'))),
    make('h2', {}, 'What you allowed at first'),
    asks(token.claims),
    make('p', { class: 'small' }, `At most ${token.cadence}, until ${date(token.expiresAt)}. To us you are “${token.pseudonym}”; no other shop gets that name. If you made it smaller since, your vault tells us less.`),
    ...(answer === null ? [] : [folded('The raw answer (SD-JWT)', answer.raw), folded('The claims as data', JSON.stringify(answer.claims, null, 2))]),
  ];
}

function showPanel() {
  const parts = view.token !== null ? grantedPanel() : view.phase === 'asked' || view.phase === 'sent' ? askedPanel() : plainPanel();
  const draft = document.getElementById('token')?.value ?? '';
  const typing = document.activeElement?.id === 'token';
  panel.replaceChildren(...parts);
  const area = document.getElementById('token');
  if (area !== null) {
    area.value = draft;
    if (typing) area.focus();
  }
  notice.hidden = view.notice === null;
  if (view.notice !== null) {
    notice.dataset.tone = view.notice.tone;
    notice.replaceChildren(view.notice.text, ...(view.notice.code === null ? [] : [make('code', {}, view.notice.code)]));
  }
  const known = view.answer === null ? 0 : Object.values(view.answer.claims).reduce((sum, value) => sum + (Array.isArray(value) ? value.length : 1), 0);
  chip.textContent = view.answer === null ? 'We know nothing about you' : `We know ${known} ${known === 1 ? 'thing' : 'things'} about you, until ${date(view.answer.expiresAt)}`;
  chip.dataset.known = view.answer === null ? 'no' : 'yes';
}

function moveWords({ moved }) {
  if (moved === 0) return make('span', { class: 'move' }, 'same place');
  return make('span', { class: 'move', 'data-way': moved > 0 ? 'up' : 'down' }, moved > 0 ? `▲ up ${moved}` : `▼ down ${-moved}`);
}

function why({ reasons, moved }) {
  const list = reasons.length > 0 ? reasons : [moved === 0 ? 'Nothing we were told concerns this.' : 'Nothing we were told concerns this; others moved past it or away.'];
  return make('details', { class: 'why' }, make('summary', {}, 'Why'), make('ul', {}, ...list.map((reason) => make('li', {}, reason))));
}

function card(product, personal) {
  return make('li', { class: 'card', 'data-product': product.id }, drawing(product.kind), make('div', { class: 'text' },
    make('h3', {}, product.title), make('p', { class: 'small' }, `${product.maker}. ${product.blurb}`),
    make('div', { class: 'foot' }, make('span', { class: 'price' }, product.price), personal ? moveWords(product) : null),
    personal ? why(product) : null));
}

function line(product, index, personal) {
  return make('li', { class: 'line', 'data-product': product.id }, make('span', { class: 'place' }, String(index + 1)), drawing(product.kind),
    make('div', {}, make('b', {}, product.title), personal && product.reasons.length > 0 ? make('span', { class: 'small' }, product.reasons.join('; ')) : make('span', { class: 'small' }, product.price)),
    personal ? moveWords(product) : null);
}

function showCatalogue() {
  for (const one of document.querySelectorAll('[data-mode]')) {
    one.setAttribute('aria-pressed', String(one.dataset.mode === mode));
    one.disabled = view.you === null && one.dataset.mode !== 'everyone';
  }
  if (mode === 'both' && view.you !== null) {
    catalogue.replaceChildren(make('div', { class: 'columns' },
      make('div', {}, make('h3', {}, 'For everyone'), make('ol', {}, ...view.everyone.map((product, index) => line(product, index, false)))),
      make('div', {}, make('h3', {}, 'For you'), make('ol', {}, ...view.you.map((product, index) => line(product, index, true))))));
    return;
  }
  const personal = mode === 'you' && view.you !== null;
  catalogue.replaceChildren(make('ol', { class: 'grid' }, ...(personal ? view.you : view.everyone).map((product) => card(product, personal))));
}

function show() {
  showPanel();
  showCatalogue();
  schedule();
}

for (const one of document.querySelectorAll('[data-mode]')) {
  one.addEventListener('click', () => {
    mode = one.dataset.mode;
    const change = () => showCatalogue();
    if (document.startViewTransition && !matchMedia('(prefers-reduced-motion: reduce)').matches) document.startViewTransition(change);
    else change();
  });
}

view = await (await fetch('/api/state')).json();
if (view.you !== null) mode = 'both';
show();
