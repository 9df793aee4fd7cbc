import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { Refusal } from './body.ts';
import { ApiError, refusal } from './bot-api/envelope.ts';
import type { Control } from './control.ts';
import type { HostEvents } from './events.ts';
import type { HostApi } from './host-api.ts';

/** The built host page; the path is the same from the source and from the compiled code. */
const PAGE = fileURLToPath(new URL('../host/dist', import.meta.url));

/** Everything but the Bot API: control, host interface, host page. */
export function createApp(
  control: Control,
  host: HostApi,
  events: HostEvents,
  publicUrl: () => string,
): Express {
  const app = express();
  app.disable('x-powered-by');
  // Whatever the content type says: `curl -d` calls its JSON a form, and ignoring it would look like success.
  app.use(['/sandbox', '/host'], refuseStrangers, express.json({ limit: '1mb', type: () => true }));
  controlRoutes(app, control);
  hostRoutes(app, host);
  app.get('/host/events', (request, response) => stream(events, request, response));
  app.get(['/', '/play/:id'], (request, response) => {
    // Host page and game must share a host name, or the browser bars the frame from its own storage.
    const here = new URL(publicUrl());
    if (request.headers.host === here.host) sendPage(request, response);
    else response.redirect(302, new URL(request.originalUrl, here).href);
  });
  app.use(express.static(PAGE, { index: false }));
  app.use(['/sandbox', '/host'], (request, response) => {
    const { method, baseUrl, path } = request;
    response
      .status(404)
      .json({ error: `${method} ${baseUrl}${path}: there is nothing here. See sandbox/README.md.` });
  });
  // Where this host has no page, a bot library with a wrong root hears what Telegram would tell it.
  app.use((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(refusal(new ApiError(404, 'Not Found')));
  });
  app.use(sendError);
  return app;
}

function controlRoutes(app: Express, control: Control): void {
  app.post('/sandbox/reset', (request, response) => void response.json(control.reset(request.body)));
  app.post('/sandbox/players', (request, response) => void response.json(control.players(request.body)));
  app.post('/sandbox/pay', async (request, response) => void response.json(await control.pay(request.body)));
  app.post('/sandbox/refund', (request, response) => void response.json(control.refund(request.body)));
  app.post(
    '/sandbox/renew',
    async (request, response) => void response.json(await control.renew(request.body)),
  );
  app.post('/sandbox/faults', (request, response) => void response.json(control.faults(request.body)));
  app.get('/sandbox/faults', (_request, response) => void response.json(control.faults()));
  app.get('/sandbox/ledger', (_request, response) => void response.json(control.ledger()));
  app.get('/sandbox/state', (_request, response) => void response.json(control.state()));
  app.get('/sandbox/calls', (request, response) => {
    const { method } = request.query;
    response.json(control.calls(typeof method === 'string' ? method : undefined));
  });
}

function hostRoutes(app: Express, host: HostApi): void {
  app.get('/host/session', (request, response) => void response.json(host.session(request.query.player)));
  app.get('/host/players', (_request, response) => void response.json(host.players()));
  app.post('/host/launch', (request, response) => void response.json(host.launch(request.body)));
  app.post('/host/message', (request, response) => void response.json(host.message(request.body)));
  app.post('/host/callback', (request, response) => void response.json(host.callback(request.body)));
  app.post('/host/form', (request, response) => void response.json(host.form(request.body)));
  app.post('/host/pay', async (request, response) => void response.json(await host.pay(request.body)));
  app.post('/host/custom-method', (request, response) => void response.json(host.customMethod(request.body)));
}

/**
 * Pages of another origin, the game in its frame among them, may not drive the sandbox; programs, which send no
 * Origin, may.
 */
function refuseStrangers(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) {
    next();
    return;
  }
  response.status(403).json({
    error: `${request.baseUrl}${request.path}: pages of ${origin} may not use it, only the host page may.`,
  });
}

/** Server-sent events for one open host page. */
function stream(events: HostEvents, request: Request, response: Response): void {
  const userId = Number(request.query.player);
  if (!Number.isSafeInteger(userId))
    throw new Refusal(400, 'GET /host/events: say which player, as in ?player=1.');
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  response.write(': open\n\n');
  const stop = events.listen(userId, (event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  response.on('close', stop);
}

function sendPage(_request: Request, response: Response): void {
  if (existsSync(path.join(PAGE, 'index.html'))) response.sendFile('index.html', { root: PAGE });
  else
    response.status(503).type('text').send('The host page is not built. Run: npx vite build sandbox/host\n');
}

function sendError(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (status >= 500) console.error(error);
  const where = error instanceof Refusal ? '' : `${request.method} ${request.path}: `;
  response.status(status).json({ error: `${where}${message}` });
}

/** Errors of Express's own, such as a body that is no JSON, carry a status too. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
