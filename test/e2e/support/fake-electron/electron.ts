/** As much of Electron as the shell uses, in plain Node: windows that show nothing, real child processes, real protocol answers. */
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

type Handler = (event: unknown, ...args: unknown[]) => unknown;
type Serve = (request: Request) => Promise<Response>;

/** What the shell did, in order, for the test to read. */
export const did: string[] = [];
let ready = false;
let schemes: readonly string[] = [];
const servers = new Map<string, Serve>();
const handlers = new Map<string, Handler>();
const renderer = new EventEmitter();
/** Everything that went through the main program's hands, as text: between it and the page, and between it and its child process. */
export const passed: string[] = [];
const seen = <T>(...args: T[]): T[] => { passed.push(JSON.stringify(args)); return args; };

class FakeApp extends EventEmitter {
  readonly isPackaged = false;
  enableSandbox(): void { did.push(`sandbox ${ready ? 'after' : 'before'} ready`); }
  async whenReady(): Promise<void> { await Promise.resolve(); ready = true; }
  isReady(): boolean { return ready; }
  getPath(name: string): string { return process.env[`FAKE_${name}`] ?? ''; }
  requestSingleInstanceLock(): boolean { did.push('single instance'); return true; }
  setAsDefaultProtocolClient(): void { did.push('default for links'); }
  getPreferredSystemLanguages(): string[] { return ['en-GB']; }
  getLoginItemSettings(): object { return { openAtLogin: false, wasOpenedAtLogin: false }; }
  setLoginItemSettings(): void { did.push('starts with the session'); }
  quit(): void {
    const event = { prevented: false, preventDefault: () => { event.prevented = true; } };
    this.emit('before-quit', event);
    if (!event.prevented) process.exit(0);
  }
  exit(code: number): void { process.exit(code); }
}
export const app = new FakeApp();

class FakeContents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = { url: '', parent: null, isDestroyed: () => false, postMessage: (channel: string, payload: unknown, ports: readonly MessagePort[]): void => { seen(payload); renderer.emit(channel, { sender: this, ports }, structuredClone(payload)); } };
  readonly navigationHistory = { clear: (): void => { did.push('history cleared'); }, goBack: (): void => undefined, goForward: (): void => undefined };
  readonly #reload: () => void;
  constructor(reload: () => void) { super(); this.#reload = reload; }
  send(channel: string, payload: unknown): void { seen(payload); renderer.emit(channel, { sender: this }, structuredClone(payload)); }
  forcefullyCrashRenderer(): void { did.push('renderer ended'); renderer.removeAllListeners(); }
  reload(): void { did.push('page loaded again'); this.#reload(); }
  isDestroyed(): boolean { return false; }
  setWindowOpenHandler(): void { did.push('new windows denied'); }
  getURL(): string { return this.mainFrame.url; }
}

export interface Loaded { readonly url: string; readonly status: number; readonly policy: string; readonly html: string }
export const windows: { readonly options: Record<string, unknown>; readonly contents: FakeContents; loaded: Loaded | null }[] = [];

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents(() => { void this.loadURL(this.webContents.mainFrame.url); });
  readonly #entry: (typeof windows)[number];
  constructor(options: Record<string, unknown>) {
    super();
    this.#entry = { options, contents: this.webContents, loaded: null };
    windows.push(this.#entry);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.emit('did-start-loading');
    const scheme = url.split(':')[0] ?? '';
    if (!schemes.includes(scheme)) throw new Error(`${scheme} was not registered before ready`);
    const answer = await servers.get(scheme)?.(new Request(url));
    this.webContents.mainFrame.url = url;
    this.#entry.loaded = { url, status: answer?.status ?? 0, policy: answer?.headers.get('content-security-policy') ?? '', html: (await answer?.text()) ?? '' };
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }
  show(): void { did.push('window shown'); }
  focus(): void { did.push('window focused'); }
  restore(): void { did.push('window restored'); }
  maximize(): void { did.push('window maximized'); }
  isFocused(): boolean { return true; }
  isMinimized(): boolean { return false; }
  isMaximized(): boolean { return false; }
  getNormalBounds(): object { return { x: 0, y: 0, width: 1280, height: 800 }; }
}

export const ipcMain = { handle: (channel: string, handler: Handler): void => { handlers.set(channel, handler); } };
/** Calls a handler as a frame with this address would; the arguments are copied as the real channel copies them. */
export const invokeFrom = async (frame: { readonly url: string; readonly parent: object | null }, channel: string, ...args: unknown[]): Promise<unknown> =>
  seen(await handlers.get(channel)?.({ sender: windows[0]?.contents, senderFrame: frame }, ...seen(...structuredClone<unknown[]>(args))))[0];
export const ipcRenderer = {
  invoke: (channel: string, ...args: unknown[]): Promise<unknown> => invokeFrom(windows[0]?.contents.mainFrame ?? { url: '', parent: null }, channel, ...args),
  on: (channel: string, listener: (...args: unknown[]) => void): void => { renderer.on(channel, listener); },
};
export const exposed: Record<string, unknown> = {};
export const contextBridge = { exposeInMainWorld: (name: string, api: unknown): void => { exposed[name] = api; } };
export const webUtils = { getPathForFile: (file: { readonly path?: string }): string => file.path ?? '' };

export const protocol = {
  registerSchemesAsPrivileged: (list: readonly { readonly scheme: string }[]): void => { if (!ready) schemes = list.map(({ scheme }) => scheme); },
  handle: (scheme: string, serve: Serve): void => { servers.set(scheme, serve); },
};
export class Notification extends EventEmitter {
  static isSupported(): boolean { return true; }
  show(): void { did.push('notice shown'); }
}
export const shell = { openExternal: (): Promise<void> => { did.push('opened outside'); return Promise.resolve(); } };
export const Menu = { setApplicationMenu: (): void => { did.push('menu set'); }, buildFromTemplate: (template: unknown): unknown => template };
/** A computer without a keychain. */
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false), getSelectedStorageBackend: (): string => 'basic_text',
  encryptStringAsync: (): Promise<never> => Promise.reject(new Error('no keychain here')), decryptStringAsync: (): Promise<never> => Promise.reject(new Error('no keychain here')),
};
export class ClipboardItem { readonly items: Readonly<Record<string, string>>; constructor(items: Readonly<Record<string, string>>) { this.items = items; } }
export const copied: string[] = [];
export const clipboard = { write: ([item]: readonly ClipboardItem[]): Promise<void> => { copied.push(JSON.stringify(item?.items)); return Promise.resolve(); }, readText: (): Promise<string> => Promise.resolve(''), clear: (): void => undefined };
export const nativeTheme = { shouldUseDarkColors: false };
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleState: (): string => 'active' });
export const screen = { getAllDisplays: (): object[] => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (): void => { did.push('permissions guarded'); }, setPermissionCheckHandler: (): void => undefined, setDevicePermissionHandler: (): void => undefined,
  }),
};
export const tips: string[] = [];
export class Tray extends EventEmitter {
  setToolTip(tip: string): void { tips.push(tip); }
  setContextMenu(): void { did.push('tray menu set'); }
}

/** Node's own channel: its messages pass by whoever made it, as Electron's do. */
export class MessageChannelMain extends MessageChannel {}

/** A real child process. A port cannot be passed to one in plain Node, so what comes out of it is carried to a port at the other side, seen by nobody on the way. */
class FakeUtility extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports: MessagePort[] = [];
  constructor(entry: string) {
    super();
    this.#child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--import', new URL('./utility.ts', import.meta.url).href] });
    this.#child.on('message', (carried: Carried) => {
      if ('port' in carried) this.#ports[carried.port]?.postMessage(carried.data);
      else this.emit('message', seen(carried.data)[0]);
    });
    this.#child.on('exit', (code) => { this.emit('exit', code); });
  }
  postMessage(message: object, ports: readonly MessagePort[] = []): void {
    if (!this.#child.connected) return;
    this.#child.send({ data: seen(message)[0], ports: ports.map((port) => this.#carry(port)) });
  }
  #carry(port: MessagePort): number {
    const id = this.#ports.push(port) - 1;
    port.on('message', (data: unknown) => { if (this.#child.connected) this.#child.send({ port: id, data }); });
    port.unref();
    return id;
  }
  kill(): boolean { return this.#child.kill('SIGKILL'); }
}
/** On a child's channel: a message of the main program, or one of a port. */
export type Carried = { readonly data: unknown; readonly ports?: readonly number[] } | { readonly data: unknown; readonly port: number };
export const utilityProcess = { fork: (entry: string): FakeUtility => new FakeUtility(entry) };
