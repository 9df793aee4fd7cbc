import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import sirv from 'sirv';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { paced } from './pace.ts';

export interface AppPorts {
  /** The built client. */
  clientDir: string;
  /** Each part that must work, and what is wrong with it; `undefined` when nothing is. */
  checks(): Promise<Record<string, string | undefined>>;
  /** Where the game is opened, once Telegram has told the bot's name. */
  botLink(): string;
  /** Whom limits count by; undefined for nobody. */
  addressOf(request: IncomingMessage): string | undefined;
  registry: Registry;
  log: Log;
}

/** The game, its health and its metrics. */
export function createApp(config: Config, ports: AppPorts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(secured(config));
  app.use(paced(ports.addressOf));

  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const checks = await ports.checks();
    const ok = Object.values(checks).every((problem) => problem === undefined);
    const told = Object.fromEntries(Object.entries(checks).map(([part, problem]) => [part, problem ?? 'ok']));
    response.status(ok ? 200 : 503).json({ ok, ...told });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(ports.registry.contentType).send(await ports.registry.metrics());
  });
  let page: string | undefined;
  app.get(['/', '/index.html'], (_request, response) => {
    page ??= readPage(ports.clientDir);
    if (page === undefined) {
      response
        .status(503)
        .type('text')
        .send('The game is not built yet. Build it with: npm run build, and start the server again.');
      return;
    }
    response
      .set('Cache-Control', 'no-cache')
      .type('html')
      .send(filledIn(page, config, ports.botLink()));
  });
  if (existsSync(ports.clientDir)) {
    const year = 365 * 24 * 3_600;
    app.use(
      '/assets',
      outliving(ports.log),
      sirv(join(ports.clientDir, 'assets'), {
        brotli: true,
        gzip: true,
        immutable: true,
        maxAge: year,
        etag: true,
      }),
    );
  }
  app.use((request, response) => {
    // A cache may keep what an asset is, but not that it is missing.
    response
      .status(404)
      .set('Cache-Control', 'no-store')
      .type('text')
      .send(`There is nothing at ${request.path}.`);
  });
  app.use(failed(ports.log));
  return app;
}

/** Read once, as the list of the scripts is: a page of the next build would name scripts that are not on this list. */
function readPage(clientDir: string): string | undefined {
  const file = join(clientDir, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The page carries the two things it can't know: who may frame it, and where the game is opened. */
const filledIn = (page: string, { telegram }: Config, botLink: string): string =>
  page
    .replaceAll('%TELEGRAM_WEB_ORIGIN%', escaped(telegram.webOrigin))
    .replaceAll('%BOT_LINK%', escaped(botLink));

/**
 * sirv lists the files at the start and then reads them without another look. One that a build beside the running server took away
 * must end its answer, which has begun by then, and nothing else.
 */
function outliving(log: Log): RequestHandler {
  return (request, response, next) => {
    response.once('pipe', (file: Readable) =>
      file.once('error', (err) => {
        log.error({ err, path: request.originalUrl }, 'a file is gone: start the server again after a build');
        response.destroy();
      }),
    );
    next();
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function secured({ telegram, publicUrl }: Config) {
  const socket = new URL(publicUrl).origin.replace(/^http/, 'ws');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", socket],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: [telegram.webOrigin],
      },
    },
    // The older header knows no list of origins and would shut Telegram's web clients out.
    xFrameOptions: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: publicUrl.startsWith('https:'),
  });
}

function failed(log: Log): ErrorRequestHandler {
  return (err, request, response, _next) => {
    const status = typeof err.status === 'number' && err.status >= 400 && err.status < 500 ? err.status : 500;
    if (status === 500) log.error({ err, path: request.path }, 'a page failed');
    response
      .status(status)
      .type('text')
      .send(status === 500 ? 'Something went wrong here. Try again.' : 'That request can not be read.');
  };
}
