/** The desktop program: the only place, with the preload script, where Electron's values are used; everything else gets what it needs from here. */
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, ClipboardItem, ipcMain, Menu, MessageChannelMain, nativeTheme, Notification, powerMonitor, protocol, safeStorage, screen, session, shell, Tray, utilityProcess, type WebContents } from 'electron';
import type { Output } from '../../shared/api/contract.ts';
import { toWireError } from '../../shared/errors/app-error.ts';
import { DEFAULT_PORT } from '../../shared/protocol/names.ts';
import { defaultVaultFolder } from '../core/platform/files/vault-folder.ts';
import { language, preferred } from '../../shared/language/message.ts';
import { speakLanguage } from '../core/platform/catalogs.ts';
import { createStaticFiles } from '../core/platform/http/static-files.ts';
import { createCoreSupervisor } from '../core/process/supervisor.ts';
import { APP_PAGE, APP_SCHEME, APP_SCHEME_PRIVILEGES, createAppProtocol } from './app-protocol.ts';
import { watchForAbsence } from './auto-lock.ts';
import { coreChildOf } from './core-child.ts';
import { contextMenuTemplate } from './context-menu.ts';
import { createDeepLinks, createOutbox, linkFromArguments, LINK_SCHEME } from './deep-links.ts';
import { grantPickedFile } from './file-grants.ts';
import { createKeychain } from './keychain.ts';
import { createLoginItem, HIDDEN_SWITCH, programToStart } from './login-item.ts';
import { menuTemplate } from './menu.ts';
import { guardContents, guardSession } from './navigation-guard.ts';
import { createNotices } from './notices.ts';
import { connectPage, renewPage } from './page-channel.ts';
import { linkFromFile, linkFromFileArguments } from './request-files.ts';
import { eventsTo, registerRpc } from './rpc.ts';
import { createSecretClipboard } from './secret-clipboard.ts';
import { createTrayMenu, vaultStateOf } from './tray.ts';
import { decideTrusted } from './trusted-sender.ts';
import { decideWindowState, readWindowState, writeWindowState } from './window-state.ts';
import { windowFrame } from './window.ts';

// Everything this program writes is for its owner's eyes.
process.umask(0o077);
protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => { guardContents(contents, shell); });

/** Built, this file is out/main/main.js. */
const projectDir = join(import.meta.dirname, '../..');
const iconPath = join(projectDir, 'resources/icons/penchant.png');
const log = (line: string): void => { process.stderr.write(`${line}\n`); };
const every = (ms: number, body: () => void): (() => void) => {
  const timer = setInterval(body, ms);
  return () => { clearInterval(timer); };
};

let window: BrowserWindow | null = null;
let quitting = false;

const page = (): WebContents | null => window?.webContents ?? null;
const tellPage = eventsTo(page);
const links = createDeepLinks((text) => { tellPage({ topic: 'link.opened', payload: { text } }); });
const screens = createOutbox<'requests' | 'breathing'>((screen) => { tellPage({ topic: 'screen.wanted', payload: { screen } }); });
const pageGone = (): void => { links.pageGone(); screens.pageGone(); };

function showWindow(): void {
  if (!window) { openWindow(); return; }
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

const openLink = (link: string | null): void => { if (link !== null) links.open(link); };

/** A link or a request file among a program's arguments. */
function openFrom(argv: readonly string[], folder: string): void {
  openLink(linkFromArguments(argv) ?? linkFromFileArguments(argv, folder));
}

const startedBySession = (): boolean => process.argv.includes(HIDDEN_SWITCH) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** Shows a screen of the page: an address in it, as its own links are. */
function showScreen(screen: 'requests' | 'breathing'): void {
  showWindow();
  screens.put(screen);
}

function openWindow(): void {
  const statePath = join(app.getPath('userData'), 'window.json');
  const state = decideWindowState(readWindowState(statePath), screen.getAllDisplays().map((display) => display.workArea));
  const created = new BrowserWindow({
    ...windowFrame({ state, icon: iconPath, dark: nativeTheme.shouldUseDarkColors }),
    // Written out here, so that the security scan sees each of them.
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (state?.maximized) created.maximize();
  created.webContents.on('context-menu', (_event, clicked) => {
    const template = contextMenuTemplate(clicked);
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window: created });
  });
  created.once('ready-to-show', () => { created.show(); });
  created.webContents.on('did-start-loading', pageGone);
  created.webContents.on('did-finish-load', () => {
    // The browser side of a page that went keeps nothing of where it was.
    created.webContents.navigationHistory.clear();
    links.pageReady();
    screens.pageReady();
  });
  created.on('close', () => { writeWindowState(statePath, { ...created.getNormalBounds(), maximized: created.isMaximized() }); });
  created.on('closed', () => {
    pageGone();
    if (window === created) window = null;
  });
  window = created;
  void created.loadURL(APP_PAGE);
}

async function run(): Promise<void> {
  app.on('second-instance', (_event, argv, workingDirectory) => {
    openFrom(argv, workingDirectory);
    if (app.isReady()) showWindow();
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.open(url);
    if (app.isReady()) showWindow();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openLink(linkFromFile(path));
    if (app.isReady()) showWindow();
  });
  await app.whenReady();
  const systemLanguage = () => preferred(app.getPreferredSystemLanguages());
  speakLanguage(join(projectDir, 'resources'), systemLanguage());
  // From a checkout the program is Electron itself, and has to be told what to open.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  else app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, [projectDir, '--']);

  const files = createStaticFiles(join(projectDir, 'out/renderer'));
  protocol.handle(APP_SCHEME, createAppProtocol(files));
  guardSession(session.defaultSession);

  const core = createCoreSupervisor({
    spawn: () => coreChildOf(utilityProcess.fork(join(import.meta.dirname, 'core.js'), [], { serviceName: 'Penchant core' })),
    config: { dataDir: defaultVaultFolder(process.env, process.platform, homedir()), resourcesDir: join(projectDir, 'resources'), redemptionPort: Number(process.env['PENCHANT_REDEMPTION_PORT'] ?? DEFAULT_PORT), pagePort: true },
    keychain: createKeychain({ safeStorage, platform: process.platform }),
    log, nowMs: () => Date.now(),
  });
  const lock = (): void => { void core.dispatch('vault.lock', undefined); };
  const away = (why: 'screen-locked' | 'asleep' | 'closed'): void => { void core.dispatch('vault.away', { why }); };
  const secrets = createSecretClipboard({ clipboard, ClipboardItem, platform: process.platform, after: (ms, body) => { setTimeout(body, ms); } });
  registerRpc({
    ipcMain,
    isTrusted: (event) => decideTrusted(event, page()),
    connect: (frame) => connectPage(frame, { core, createChannel: () => new MessageChannelMain() }),
    copySecret: (text) => secrets.copy(text),
    offerFile: (path) => grantPickedFile(path, { randomBytes, grantFile: (file) => { core.grantFile(file); } }),
  });
  watchForAbsence({ powerMonitor, platform: process.platform, away, lock, every });

  // In a checkout the program is Electron itself, which would start with nothing in it.
  const atLogin = app.isPackaged ? createLoginItem({ app, platform: process.platform, program: programToStart(process.env, process.execPath), configDir: process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config') }) : null;
  const history = () => page()?.navigationHistory;
  const showMenu = (): void => { Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, { lock, showWindow, back: () => { history()?.goBack(); }, forward: () => { history()?.goForward(); }, atLogin }))); };
  showMenu();
  const tray = new Tray(join(projectDir, 'resources/icons/tray.png'));
  const showState = createTrayMenu(tray, (template) => { tray.setContextMenu(Menu.buildFromTemplate(template)); }, {
    lock, showWindow, quit: () => { app.quit(); },
    takeBreak: () => { void core.dispatch('breathing.set', { pause: { untilMs: null } }); },
    endBreak: () => { showScreen('breathing'); }, showRequests: () => { showScreen('requests'); },
  });
  let notice: Notification | null = null;
  const closeNotice = (): void => { notice?.close(); notice = null; };
  const notices = createNotices({
    ask: async () => { const outcome = await core.dispatch('requests.waiting', undefined); return outcome.ok ? outcome.value as Output<'requests.waiting'> : null; },
    isInFront: () => window?.isFocused() ?? false,
    show: ({ title, onClick }) => {
      if (!Notification.isSupported()) return;
      closeNotice();
      notice = new Notification({ title, icon: iconPath });
      notice.on('click', onClick);
      notice.show();
    },
    onClick: () => { showScreen('requests'); }, nowMs: () => Date.now(),
  });
  const look = async (): Promise<void> => {
    const [waiting, breathing] = await Promise.all([notices.changed(), core.dispatch('breathing.get', undefined)]);
    showState({ waiting, onBreak: breathing.ok && (breathing.value as Output<'breathing.get'>).pause !== null });
  };
  /** Menus, tray and notices in the language the page is in. */
  const speakAsVault = async (): Promise<void> => {
    const outcome = await core.dispatch('settings.get', undefined);
    if (!outcome.ok) return;
    const chosen = (outcome.value as Output<'settings.get'>).language, next = chosen === null || chosen === 'system' ? systemLanguage() : chosen;
    if (next === language()) return;
    // Words that cannot be read are no reason to end.
    try { speakLanguage(join(projectDir, 'resources'), next); } catch (error) { log(String(error)); return; }
    showMenu();
    showState({});
  };
  const askState = (): void => {
    void core.dispatch('vault.status', undefined).then((outcome) => {
      const state = outcome.ok ? vaultStateOf(outcome.value) : null;
      if (state) showState({ vault: state });
      return look();
    });
  };
  core.onEvent((event) => {
    const state = event.topic === 'vault.changed' ? vaultStateOf(event.payload) : null;
    if (state) showState({ vault: state });
    if (state !== null && state !== 'unlocked') closeNotice();
    if (state === 'unlocked' || event.topic === 'settings.changed') void speakAsVault();
    if (state ?? (event.topic === 'requests.changed' || event.topic === 'breathing.changed')) void look();
  });
  core.onEnded(() => {
    showState({ vault: 'locked', onBreak: false, waiting: 0 });
    closeNotice();
    if (!quitting) renewPage(page());
  });
  askState();

  app.on('activate', showWindow);
  // Closing the window leaves the tray icon, on which the vault's state is to be seen; quitting locks.
  app.on('window-all-closed', () => { away('closed'); });
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    void Promise.all([core.close(), secrets.clear()]).finally(() => { app.quit(); });
  });

  openFrom(process.argv.slice(1), process.cwd());
  // Started with the session it waits in the tray.
  if (!startedBySession()) openWindow();
}

// A second start hands its link to the first and ends.
if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    log(error instanceof Error ? (error.stack ?? error.message) : toWireError(error).message);
    app.exit(1);
  });
} else {
  app.quit();
}
