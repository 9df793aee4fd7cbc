import type { BoardName } from '@stardrift/shared/protocol';

/** What was accepted of a run so far. It may go on after that, as after a second wind, and be shown again. */
export interface Accepted {
  steps: number;
  score: number;
  /** Of all inputs before its last step. */
  digest: string;
}

/** A player's best run. */
export interface Best {
  score: number;
  /** As the player was called in their last run that counted. */
  name: string;
  /** How many items were used in it. */
  uses: number;
  atMs: number;
}

export interface Standing {
  playerId: number;
  rank: number;
  score: number;
}

/** A board that is kept in order; the one of friends is put together when it is asked for. */
export type KeptBoard = { board: Exclude<BoardName, 'daily' | 'friends'> } | { board: 'daily'; day: string };

/** What is known of runs. Losing it loses no purchase. */
export interface Scores {
  /** What these operations of the player used up, such as `shield 1`; undefined for one that was never done. */
  used(playerId: number, opIds: string[]): Promise<(string | undefined)[]>;
  accepted(playerId: number, runId: string): Promise<Accepted | undefined>;
  /** One atomic step: the run, if it is still as `before` says, and the best if it beats the one before. */
  accept(
    playerId: number,
    runId: string,
    before: Accepted | undefined,
    now: Accepted,
    best: Best,
  ): Promise<boolean>;
  /** In the order of the ids. */
  bests(playerIds: number[]): Promise<(Best | undefined)[]>;
  /** Puts the score on the board unless a better one of the player's is there. Repeating it changes nothing. */
  enter(board: KeptBoard, playerId: number, score: number, atMs: number): Promise<void>;
  top(board: KeptBoard, most: number): Promise<Standing[]>;
  standing(board: KeptBoard, playerId: number): Promise<Standing | undefined>;
  /** How many are on it. */
  size(board: KeptBoard): Promise<number>;
  /** Each becomes a friend of the other. False when either has as many as one may. */
  befriend(playerId: number, otherId: number, most: number): Promise<boolean>;
  friends(playerId: number): Promise<number[]>;
}
