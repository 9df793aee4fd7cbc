import { within } from '../wait.ts';
import { frameOf, openRawSocket } from './raw-socket.ts';

/** What came of what a guest sent: the answers by the number they were asked under, or the end of the connection. */
export type Heard = { isOpen: boolean; answers: ReadonlyMap<string, unknown> };

/** A program that speaks socket.io to the server, and whatever else it likes. */
export interface Guest {
  /** Shows this at the door. @returns why it stays shut, `closed` when the connection ends, undefined when it opens */
  join(auth: string): Promise<string | undefined>;
  /**
   * Sends the bytes and a question after them, and listens until that is answered, and all that was asked under these
   * numbers, or the connection has ended.
   * @throws {Error} when neither comes to pass
   */
  say(bytes: Buffer, numbers?: readonly string[]): Promise<Heard>;
  leave(): void;
}

/** Nothing here takes a tenth of it; what does hangs. */
const PATIENCE_MS = 15_000;
const QUESTION_NUMBER = '987654321';
const QUESTION = `42${QUESTION_NUMBER}["order:status",{"orderId":"nobody-ever-had-this"}]`;
const ANSWER = /^43(\d+)(\[.*)$/s;

export async function openGuest(url: string): Promise<Guest> {
  let told = (): void => {};
  let atTheDoor: string | undefined;
  const answers = new Map<string, unknown>();
  const socket = await openRawSocket(url, '/socket.io/?EIO=4&transport=websocket', {
    onText(text) {
      if (text === '2') socket.write(frameOf('3'));
      if (/^4[04]/.test(text)) atTheDoor = text;
      const [, number, answer = ''] = ANSWER.exec(text) ?? [];
      if (number !== undefined) answers.set(number, (JSON.parse(answer) as unknown[])[0]);
      told();
    },
    onEnd: () => told(),
  });

  async function until(isHeard: () => boolean, what: string): Promise<void> {
    const heard = new Promise<true>((resolve) => {
      told = () => {
        if (isHeard() || !socket.isOpen()) resolve(true);
      };
      told();
    });
    if (await within(heard, PATIENCE_MS)) return;
    socket.destroy();
    throw new Error(`within ${PATIENCE_MS} ms the server neither answered nor closed: ${what}`);
  }

  return {
    async join(auth) {
      socket.write(frameOf(`40${auth}`));
      await until(() => atTheDoor !== undefined, `a handshake of ${auth.slice(0, 100)}`);
      if (atTheDoor === undefined) return 'closed';
      if (atTheDoor.startsWith('40')) return undefined;
      return (JSON.parse(atTheDoor.slice(2)) as { message: string }).message;
    },
    async say(bytes, numbers = []) {
      answers.clear();
      socket.write(Buffer.concat([bytes, frameOf(QUESTION)]));
      const asked = [...numbers, QUESTION_NUMBER];
      await until(() => asked.every((number) => answers.has(number)), bytes.toString('latin1').slice(0, 100));
      return { isOpen: socket.isOpen(), answers };
    },
    leave: socket.destroy,
  };
}
