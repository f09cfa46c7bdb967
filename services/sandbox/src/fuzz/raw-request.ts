import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One request as its bytes shall be: nothing is added, corrected or encoded. */
export interface RawRequest {
  readonly method: string;
  /** What stands behind the method: mostly a path, but anything is sent. */
  readonly target: string;
  /** In this order, repetitions too. `host`, `connection` and a true `content-length` are added where `bare` is not said. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer | undefined;
  readonly bare?: boolean;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case; of a name that came twice the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Beyond this a request hangs: no handler of ours waits for anything but a Redis that is there. */
const PATIENCE_MS = 5_000;

/**
 * Sends the bytes over a connection of their own and reads until the server closes it. Throws when it hangs, cuts the
 * connection without an answer, or answers twice.
 */
export async function ask(
  url: string,
  request: RawRequest,
  { from = '127.0.0.1' }: { from?: string } = {},
): Promise<Answer> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from });
  try {
    await once(socket, 'connect');
    socket.write(bytesOf(request, host));
    return answerIn(await everythingFrom(socket), request);
  } finally {
    socket.destroy();
  }
}

function bytesOf({ method, target, headers, body = Buffer.alloc(0), bare = false }: RawRequest, host: string): Buffer {
  const own = bare
    ? []
    : [
        ['host', host],
        ['connection', 'close'],
        ...(method === 'GET' || method === 'HEAD' ? [] : [['content-length', `${body.length}`]]),
      ];
  const lines = [`${method} ${target} HTTP/1.1`, ...[...own, ...headers].map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

async function everythingFrom(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that answers before it has read all of the body may reset the connection behind its answer.
  const ended = new Promise<'ended'>((resolve) => {
    socket.once('close', () => resolve('ended'));
    socket.on('error', () => undefined);
  });
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), PATIENCE_MS);
  const outcome = await Promise.race([ended, late.promise]);
  clearTimeout(timer);
  if (outcome === 'late') throw new Error(`no end of the answer within ${PATIENCE_MS} ms`);
  return Buffer.concat(chunks);
}

function answerIn(bytes: Buffer, { method }: RawRequest): Answer {
  const text = bytes.toString('latin1').replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) throw new Error(`the connection ended without an answer (${bytes.length} bytes)`);
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const rest = text.slice(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : rest;
  const length = Number(headers['content-length'] ?? body.length);
  if (method !== 'HEAD' && body.length !== length)
    throw new Error(`the answer is ${body.length} bytes long and says ${length}: it was cut, or there is a second one`);
  return { status: Number(first.split(' ')[1]), headers, text: Buffer.from(body, 'latin1').toString() };
}

/** Throws when anything stands behind the last chunk. */
function unchunked(text: string): string {
  const size = Number.parseInt(text, 16);
  const begin = text.indexOf('\r\n') + 2;
  if (size > 0) return text.slice(begin, begin + size) + unchunked(text.slice(begin + size + 2));
  if (text !== '0\r\n\r\n') throw new Error('the chunks of the answer do not end as they should');
  return '';
}
