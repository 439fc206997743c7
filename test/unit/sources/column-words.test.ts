/** Columns with technical names are told in words, with the name the file has for them. */
import { expect, test } from 'vitest';
import { columnWords } from '../../../electron/core/sources/column-words.ts';

test('what is only plain to engineers is said in words, once for all columns of the same, and what is plain stays', () => {
  expect(columnWords(['Title', 'ts', 'ip_addr', 'conn_country', 'ip_addr_decrypted'])).toEqual(['Title', 'when it was (ts)', 'address of your connection (ip_addr, ip_addr_decrypted)', 'country you were in (conn_country)']);
  expect(columnWords(['title', 'trackName'])).toEqual(['title', 'title (trackName)']);
  expect(columnWords([])).toEqual([]);
});
