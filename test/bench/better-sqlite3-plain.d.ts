/** The build without encryption has the same interface as the driver. */
declare module 'better-sqlite3-plain' {
  export { default } from 'better-sqlite3';
}
