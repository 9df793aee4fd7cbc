import { createSandbox, type Sandbox } from './sandbox.ts';
import { readSettings } from './settings.ts';

async function start(): Promise<Sandbox> {
  const settings = readSettings(process.env);
  try {
    return await createSandbox(settings);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    throw new Error(
      `Port ${settings.port} on ${settings.host} is taken. Free it, or set SANDBOX_PORT to another one.`,
    );
  }
}

try {
  const sandbox = await start();
  console.log(`Telegram sandbox: ${sandbox.url} (Bot API root ${sandbox.apiRoot}, @${sandbox.bot.username})`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  console.error(`Telegram sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
