import { INVITATION } from '@stardrift/shared/invitation';
import type { RefusalCode } from '@stardrift/shared/protocol';
import type { Server } from '../shop/ports.ts';

const RETRY_MS = 4_000;
const LATER = new Set<string>(['unavailable', 'too_fast', 'restoring'] satisfies RefusalCode[]);

/** Takes up the invitation that the game was opened with, if it is one. @returns what to call when the line is there */
export function createWelcome(
  server: Pick<Server, 'ask' | 'link'>,
  startParam: string | undefined,
  onFriend: (name: string) => void,
): () => void {
  let code = startParam !== undefined && INVITATION.test(startParam) ? startParam : undefined;

  async function accept(): Promise<void> {
    if (code === undefined || server.link !== 'online') return;
    const asked = code;
    code = undefined;
    try {
      const answer = await server.ask('befriend', { code: asked });
      if (answer.ok) onFriend(answer.name);
      else if (LATER.has(answer.code)) again(asked);
    } catch {
      again(asked);
    }
  }

  function again(asked: string): void {
    code = asked;
    setTimeout(welcome, RETRY_MS);
  }
  const welcome = () => void accept();
  return welcome;
}
