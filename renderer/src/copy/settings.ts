/** Words of the settings. */
export const settingsCopy = {
  title: 'Settings',
  look: 'Look', theme: 'Theme', themes: { system: 'As the computer', light: 'Light', dark: 'Dark' },
  programs: 'Programs on this computer', loopback: 'Let programs on this computer ask', loopbackHint: 'A shop’s program on this computer can then bring its request and use its token, while the vault is unlocked. Nothing on the internet can reach this.',
  listening: 'Listening at', notListening: 'Not listening.',
  about: 'About', place: 'Vault', vaultId: 'Vault number', created: 'Created', version: 'Penchant', host: 'Runs as', hosts: { electron: 'desktop app', web: 'in the browser, served from this computer' }, licence: 'Licence', licenceText: 'MIT. Fonts: Source Serif 4 and Inter, SIL Open Font License. Icons: Lucide, ISC. Topic numbers: IAB Content Taxonomy 3.1 and Audience Taxonomy 1.1, CC BY 3.0.',
  shortcuts: 'Keyboard shortcuts',
} as const;
