import { INVITATION } from '@stardrift/shared/invitation';
import { isLater, type Server } from '../shop/ports.ts';
import type { Drawer } from '../storage.ts';

const ACCEPTED = 'invitation';
const RETRY_MS = 4_000;

/**
 * Takes up the invitation that the game was opened with, if it is one.
 * @param reload survives a reload, as the launch does: what was taken up is not taken up again
 * @returns what to call when the line is there
 */
export function createWelcome(
  server: Pick<Server, 'ask' | 'link'>,
  startParam: string | undefined,
  reload: Drawer,
  onFriend: (name: string) => void,
): () => void {
  const accepted = reload.get(ACCEPTED, isText);
  const isInvitation = startParam !== undefined && startParam !== accepted && INVITATION.test(startParam);
  let code = isInvitation ? startParam : undefined;

  async function accept(): Promise<void> {
    if (code === undefined || server.link !== 'online') return;
    const asked = code;
    code = undefined;
    try {
      const answer = await server.ask('befriend', { code: asked });
      if (!answer.ok && isLater(answer.code)) return again(asked);
      reload.set(ACCEPTED, asked);
      if (answer.ok) onFriend(answer.name);
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

const isText = (value: unknown): value is string => typeof value === 'string';
