import { randomBytes } from 'node:crypto';
import { type PortSetting, readPort } from '../port.ts';

/** The sandbox's own bot. It opens nothing outside this machine; a real token in the environment comes before it. */
const SANDBOX_BOT_TOKEN = '7000000001:AAStardrift_sandbox_bot_of_the_demo';

export interface DemoSettings {
  sandboxPort: PortSetting;
  port: PortSetting;
  /** Where the person plays. */
  sandboxUrl: string;
  /** Where the game is served. */
  gameUrl: string;
  sandboxEnv: NodeJS.ProcessEnv;
  /** The server's settings, but for `REDIS_URL`, which is known when Redis runs. */
  serverEnv: NodeJS.ProcessEnv;
}

/**
 * The settings of the sandbox and the server for playing on this machine.
 * @throws Failure when a port in the environment is no port
 */
export function demoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  const sandboxPort = readPort(env, 'SANDBOX_PORT', 4000);
  const port = readPort(env, 'PORT', 3000);
  const sandboxUrl = `http://localhost:${sandboxPort.port}`;
  const gameUrl = `http://localhost:${port.port}`;
  const botToken = env.BOT_TOKEN || SANDBOX_BOT_TOKEN;
  return {
    sandboxPort,
    port,
    sandboxUrl,
    gameUrl,
    sandboxEnv: {
      ...env,
      SANDBOX_PORT: String(sandboxPort.port),
      SANDBOX_BOT_NAME: env.SANDBOX_BOT_NAME || 'Slingdust',
      SANDBOX_BOT_USERNAME: env.SANDBOX_BOT_USERNAME || 'slingdust_bot',
      BOT_TOKEN: botToken,
    },
    serverEnv: {
      ...env,
      BOT_TOKEN: botToken,
      TELEGRAM_API_ROOT: `http://127.0.0.1:${sandboxPort.port}`,
      TELEGRAM_WEB_ORIGIN: sandboxUrl,
      WEBHOOK_SECRET: env.WEBHOOK_SECRET || randomBytes(24).toString('base64url'),
      PUBLIC_URL: gameUrl,
      // Ada, whom the sandbox begins with, is also the support: so the whole of /paysupport can be tried.
      ADMIN_IDS: env.ADMIN_IDS || '279058397',
      HOST: env.HOST || '127.0.0.1',
      PORT: String(port.port),
    },
  };
}
