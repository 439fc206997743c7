/** HTTP as bytes: every header, target and version under control, over connections that are kept as long as the server keeps them. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export interface RawClient {
  /** Sends `bytes` as one request and reads one answer; `method` tells whether the answer has a body. */
  ask(bytes: string, method?: string): Promise<RawAnswer>;
  close(): void;
}

/** One connection at a time to `address`; a new one whenever the server closed the last. */
export function rawClient(port: number, address = '127.0.0.1'): RawClient {
  let current: Socket | null = null;
  const drop = (): void => {
    current?.destroy();
    current = null;
  };

  const once = (socket: Socket, bytes: string, method: string): Promise<RawAnswer> => new Promise((resolve, reject) => {
    let text = '';
    const finish = (answer: RawAnswer, keep: boolean): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      if (!keep) drop();
      resolve(answer);
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = text.slice(0, end);
      const status = Number(/^HTTP\/1\.1 (\d{3}) /u.exec(head)?.[1] ?? 0);
      const hasBody = method !== 'HEAD' && status >= 200 && status !== 204;
      const length = Number(/^content-length: (\d+)$/imu.exec(head)?.[1] ?? 0);
      if (hasBody && text.length < end + 4 + length) return;
      finish({ status, head, body: text.slice(end + 4) }, status >= 200 && !/^connection: close$/imu.test(head));
    });
    socket.on('close', () => { finish({ status: 0, head: text, body: '' }, false); });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A reset is an end like any other; a connection that never was is the caller's to know.
      if (error.code === 'ECONNREFUSED' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENETUNREACH') reject(error);
    });
    socket.write(bytes);
  });

  return {
    async ask(bytes, method = 'GET') {
      if (current !== null) {
        const answer = await once(current, bytes, method);
        // The server may have closed a kept connection just before these bytes arrived: only a fresh one counts.
        if (answer.status !== 0 || answer.head !== '') return answer;
      }
      current = connect({ port, host: address });
      return once(current, bytes, method);
    },
    close: drop,
  };
}

/** Every way to write, mistake or forge the authority of a server on this computer, the right one not among them. */
export const foreignHosts = (port: number): readonly string[] => [
  '127.0.0.1', 'localhost', `LOCALHOST:${port}`, `localhost.:${port}`, `127.0.0.1:${port + 1}`, `127.0.0.1:0${port}`, `127.0.0.1.:${port}`, `0.0.0.0:${port}`, `0:${port}`,
  `[::1]:${port}`, `[::]:${port}`, `[::ffff:127.0.0.1]:${port}`, `[0:0:0:0:0:0:0:1]:${port}`, `2130706433:${port}`, `0x7f000001:${port}`, `0x7f.1:${port}`, `0177.0.0.1:${port}`, `017700000001:${port}`,
  `127.1:${port}`, `127.0.1:${port}`, `127.0.0.2:${port}`, 'rebound.example', `rebound.example:${port}`, `127.0.0.1.rebound.example:${port}`, `user@127.0.0.1:${port}`, `127.0.0.1:${port}@rebound.example`,
  `127.0.0.1:${port}, rebound.example`, `127.0.0.1:${port}/`, `127.0.0.1:${port}#`, `http://127.0.0.1:${port}`, `127%2e0.0.1:${port}`, '',
];

export const foreignOrigins = (port: number): readonly string[] => [
  'null', '', 'https://shop.example', `http://localhost:${port}`, `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`, `http://127.0.0.1:${port}/`, `http://127.0.0.1:${port}.shop.example`, 'chrome-extension://abcdefghijklmnop',
];

export const FOREIGN_SITES = ['cross-site', 'SAME-ORIGIN', ''] as const;
export const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'] as const;

/** Requests that name their server in two ways, or in none. `rest`: header lines with what would let the honest request in. */
export const strangeRequests = (port: number, target: string, rest: string): readonly string[] => {
  const own = `127.0.0.1:${port}`;
  const head = (first: string, ...lines: string[]): string => [first, ...lines, `${rest}Connection: close`, '', ''].join('\r\n');
  return [
    head(`GET http://${own}${target} HTTP/1.1`, `Host: ${own}`), head(`GET http://rebound.example${target} HTTP/1.1`, `Host: ${own}`), head(`GET //${own}${target} HTTP/1.1`, 'Host: rebound.example'),
    head(`GET ${target} HTTP/1.1`), head(`GET ${target} HTTP/1.0`), head(`GET ${target} HTTP/1.0`, 'Host: rebound.example'), `GET ${target}\r\n\r\n`,
    head(`GET ${target} HTTP/1.1`, `Host: ${own}`, 'Host: rebound.example'), head(`GET ${target} HTTP/1.1`, 'Host: rebound.example', `Host: ${own}`), head(`GET ${target} HTTP/1.1`, `Host: ${own}`, `Host: ${own}`),
    head(`GET ${target} HTTP/1.1`, `Host : ${own}`), head(`GET ${target} HTTP/1.1`, `Host: rebound.example`, ` ${own}`), head(`GET ${target} HTTP/1.1`, 'Host: rebound.example', `X-Forwarded-Host: ${own}`, `Forwarded: host=${own}`, `X-Host: ${own}`),
    head(`CONNECT ${own} HTTP/1.1`, `Host: ${own}`), head('OPTIONS * HTTP/1.1', `Host: ${own}`), ...['PUT', 'PATCH', 'TRACE', 'PROPFIND', 'get'].map((method) => head(`${method} ${target} HTTP/1.1`, `Host: ${own}`)), head('OPTIONS * HTTP/1.1', 'Host: rebound.example'), 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    head(`GET ${target} HTTP/1.1`, `Host: ${own}`, 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA', 'Connection: Upgrade, HTTP2-Settings'),
    ...['Access-Control-Request-Private-Network: true', 'Access-Control-Request-Local-Network: true', 'Access-Control-Request-Headers: x-penchant-secret'].flatMap((line) =>
      ['https://shop.example', `http://${own}`].map((origin) => head(`OPTIONS ${target} HTTP/1.1`, `Host: ${own}`, `Origin: ${origin}`, 'Access-Control-Request-Method: POST', line))),
    head(`POST ${target} HTTP/1.1`, `Host: ${own}`, 'Content-Length: 0', 'Content-Length: 1'), head(`POST ${target} HTTP/1.1`, `Host: ${own}`, 'Content-Length: 3', 'Transfer-Encoding: chunked'), head(`POST ${target} HTTP/1.1`, `Host: ${own}`, 'Transfer-Encoding: xchunked'),
    head(`GET ${target} HTTP/1.1`, `Host: ${own}`, 'Origin: https://shop.example', `Origin: http://${own}`), head(`GET ${target} HTTP/1.1`, `Host: ${own}`, `Origin: http://${own}`, 'Origin: https://shop.example'),
    head(`POST ${target} HTTP/1.1`, `Host: ${own}`, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site', 'Content-Length: 0'),
  ];
};

/** Header lines; undefined values are left out. */
export const headerLines = (headers: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(headers).map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\r\n`)).join('');
