/**
 * An expected failure of a command: its message says what went wrong, where, and what to do. It is shown without a
 * stack; anything else that is thrown is a fault of the tools and keeps its stack.
 */
export class Failure extends Error {
  /** @override */
  name = 'Failure';
}
