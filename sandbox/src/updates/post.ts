import * as http from 'node:http';
import * as https from 'node:https';

export interface PostAnswer {
  status: number;
  reason: string;
  /** Seconds; 0 when the header is absent or no number. */
  retryAfter: number;
  contentType: string;
  body: string;
}

const BODY_LIMIT = 1_048_576;

/** Posts JSON to one URL over kept-alive connections. */
export class Poster {
  readonly #url: URL;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;

  constructor(url: string, maxConnections: number) {
    this.#url = new URL(url);
    const { Agent, request } = this.#url.protocol === 'https:' ? https : http;
    this.#agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
    this.#request = request;
  }

  /** Resolves with any HTTP answer; rejects with a one-line reason when there is none within `timeoutMs`. */
  post(body: string, headers: Readonly<Record<string, string>>, timeoutMs: number): Promise<PostAnswer> {
    return new Promise((resolve, reject) => {
      const request = this.#request(this.#url, {
        method: 'POST',
        agent: this.#agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'accept-encoding': 'identity',
          ...headers,
        },
      });
      const timer = setTimeout(() => request.destroy(new Error('Read timeout expired')), timeoutMs);
      const fail = (error: Error & { code?: string }) => {
        clearTimeout(timer);
        reject(new Error(error.code === 'ECONNREFUSED' ? 'Connection refused' : error.message));
      };
      request.on('error', fail);
      request.on('response', (response) => {
        readBody(response).then((text) => {
          clearTimeout(timer);
          resolve(answerOf(response, text));
        }, fail);
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function answerOf(response: http.IncomingMessage, body: string): PostAnswer {
  const retryAfter = Number(response.headers['retry-after']);
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : 0,
    contentType: response.headers['content-type'] ?? '',
    body,
  };
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('Webhook answer is too big');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
