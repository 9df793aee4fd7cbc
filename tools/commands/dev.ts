import { join } from 'node:path';
import { createServer } from 'vite';
import { buildSandboxHost } from '../build.ts';
import { demoSettings } from '../demo/settings.ts';
import { type Program, runTogether } from '../demo/stage.ts';
import { freePort, requirePorts } from '../port.ts';
import { bin } from '../program.ts';
import { ROOT } from '../root.ts';

/** Runs a source file, again after every change of it or of what it imports. */
function watched(name: string, main: string, env: NodeJS.ProcessEnv, readyUrl: string): Program {
  const file = join(ROOT, main);
  const args = ['watch', '--clear-screen=false', '--conditions=development', file];
  return { name, program: bin('tsx'), args, env, mark: file, readyUrl };
}

/** The paths of the server that are not the game's page. */
const SERVER_PATHS = ['/telegram', '/healthz', '/readyz', '/metrics'];

/** Serves the client from its source on the public port and passes everything else on to the server. */
async function serveClient(port: number, server: string): Promise<void> {
  const plain = SERVER_PATHS.map((path) => [path, server] as const);
  const vite = await createServer({
    root: join(ROOT, 'client'),
    server: {
      port,
      strictPort: true,
      host: '127.0.0.1',
      proxy: { ...Object.fromEntries(plain), '/socket.io': { target: server, ws: true } },
    },
  });
  await vite.listen();
}

/** `npm run dev`: the demo from the sources, with reload on change. */
export default async function dev(): Promise<number> {
  const { sandboxPort, port, sandboxUrl, sandboxEnv, serverEnv } = demoSettings(process.env);
  return runTogether('dev', async (stage) => {
    await requirePorts([sandboxPort, port], 'dev');
    await buildSandboxHost();
    const redisUrl = await stage.startRedis(process.env);
    stage.writeDown(serverEnv, redisUrl);
    const sandboxReady = `http://127.0.0.1:${sandboxPort.port}/sandbox/state`;
    await stage.start(watched('Sandbox', 'sandbox/src/main.ts', sandboxEnv, sandboxReady));
    // The public port is Vite's; it has to be open before the server asks for updates to be sent there.
    const innerPort = await freePort();
    const server = `http://127.0.0.1:${innerPort}`;
    process.env.TELEGRAM_WEB_ORIGIN = serverEnv.TELEGRAM_WEB_ORIGIN;
    await serveClient(port.port, server);
    const env = { ...serverEnv, REDIS_URL: redisUrl, PORT: String(innerPort) };
    await stage.start(watched('Server', 'server/src/main.ts', env, `${server}/readyz`));
    console.log(`Ready: ${sandboxUrl}`);
  });
}
