import { join, relative } from 'node:path';
import { buildClient, buildSandbox, buildServer } from '../build.ts';
import { demoSettings } from '../demo/settings.ts';
import { DEMO_DATA, runTogether } from '../demo/stage.ts';
import { requirePorts } from '../port.ts';
import { ROOT } from '../root.ts';

/** `npm run demo`: builds and starts the private Redis, the sandbox and the server until Ctrl-C. */
export default async function demo(): Promise<number> {
  const settings = demoSettings(process.env);
  const { sandboxPort, port, sandboxUrl, gameUrl, sandboxEnv, serverEnv } = settings;
  return runTogether('demo', async (stage) => {
    await requirePorts([sandboxPort, port], 'demo');
    await buildServer();
    await buildSandbox();
    await buildClient();
    const redisUrl = await stage.startRedis(process.env);
    stage.writeDown(serverEnv, redisUrl);
    const sandboxMain = join(ROOT, 'sandbox/dist/main.js');
    await stage.start({
      name: 'Sandbox',
      program: process.execPath,
      args: [sandboxMain],
      env: sandboxEnv,
      mark: sandboxMain,
      readyUrl: `http://127.0.0.1:${sandboxPort.port}/sandbox/state`,
      logFile: join(DEMO_DATA, 'sandbox.log'),
    });
    const serverMain = join(ROOT, 'server/dist/main.js');
    await stage.start({
      name: 'Server',
      program: process.execPath,
      args: [serverMain],
      env: { ...serverEnv, REDIS_URL: redisUrl },
      mark: serverMain,
      readyUrl: `http://127.0.0.1:${port.port}/readyz`,
      logFile: join(DEMO_DATA, 'server.log'),
    });
    console.log(`The game itself is served from ${gameUrl}; open it through the local Telegram below.`);
    console.log(
      `Data and logs: ${relative(ROOT, DEMO_DATA)} (delete it to begin anew). Ctrl-C stops everything.`,
    );
    console.log(`Ready: ${sandboxUrl}`);
  });
}
