/** Where a session is kept over a reload: this tab's drawer of this player. */
export interface PassDrawer {
  get<T>(key: string, is: (value: unknown) => value is T): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

interface Kept {
  session: string;
  /** The launch it came from: a later launch has newer data, and is not held back by an older session. */
  launch: string;
}
const KEY = 'session';
const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Kept).session === 'string' &&
  typeof (value as Kept).launch === 'string';

/** What is shown at the server's door: the session while there is one, else the launch data, which is good for an hour. */
export function createPass(initData: string, drawer: PassDrawer) {
  const launch = new URLSearchParams(initData).get('auth_date') ?? '';
  const kept = drawer.get(KEY, isKept);
  let session = kept?.launch === launch ? kept.session : undefined;

  return {
    /** Whether a session is still good is the server's to say: clocks of phones are wrong. */
    show: (): { session: string } | { initData: string } =>
      session === undefined ? { initData } : { session },
    keep({ token }: { token: string }): void {
      session = token;
      drawer.set(KEY, { session, launch } satisfies Kept);
    },
    /** What was shown is refused. @returns whether there is something else to show */
    refused(): boolean {
      const hadSession = session !== undefined;
      session = undefined;
      drawer.remove(KEY);
      return hadSession;
    },
  };
}
