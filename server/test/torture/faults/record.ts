/** One operation on the goods of a player, with the time it was begun and the time its end was known. */
export interface Operation {
  kind: 'credit' | 'debit' | 'use' | 'refused use' | 'read';
  /** Item → count; of a read, everything the player has. */
  goods: Readonly<Record<string, number>>;
  /** The revision a read was told. */
  rev?: number;
  startMs: number;
  /** Without bound while nobody knows whether it has happened yet. */
  endMs: number;
  /** Nobody knows whether it happens at all. */
  isOptional?: boolean;
  /** The place, in the same list, of the operation that must have happened before. */
  after?: number;
}

/**
 * Whether some order of the operations, each at one moment between its begin and its end, explains all that was seen:
 * the search of Wing and Gong, with the memory of Lowe. What a player has depends only on which operations have
 * happened, so their set is the state.
 */
export function isExplained(operations: readonly Operation[]): boolean {
  const byStart = operations
    .map((operation, at) => ({ operation, at }))
    .sort((a, b) => a.operation.startMs - b.operation.startMs);
  const tried = new Set<bigint>();
  const goods = new Map<string, number>();
  let rev = 0;

  function search(done: bigint): boolean {
    if (tried.has(done)) return false;
    tried.add(done);
    const open = byStart.filter(({ at }) => (done & (1n << BigInt(at))) === 0n);
    if (open.every(({ operation }) => operation.isOptional)) return true;
    // Nothing may come after an operation that had ended before it was begun.
    const firstEnd = Math.min(...open.map(({ operation }) => operation.endMs));
    for (const { operation, at } of open) {
      if (operation.startMs > firstEnd) return false;
      const { after } = operation;
      if (after !== undefined && (done & (1n << BigInt(after))) === 0n) continue;
      if (!fits(operation)) continue;
      apply(operation, 1);
      if (search(done | (1n << BigInt(at)))) return true;
      apply(operation, -1);
    }
    return false;
  }

  const has = (item: string): number => goods.get(item) ?? 0;

  function fits({ kind, goods: asked, rev: told }: Operation): boolean {
    const enough = Object.entries(asked).every(([item, n]) => has(item) >= n);
    switch (kind) {
      case 'credit':
      case 'debit':
        return true;
      case 'use':
        return enough;
      case 'refused use':
        return !enough;
      case 'read':
        return (
          told === rev &&
          [...goods].every(([item, n]) => (asked[item] ?? 0) === n) &&
          Object.entries(asked).every(([item, n]) => has(item) === n)
        );
    }
  }

  function apply({ kind, goods: changed }: Operation, sign: 1 | -1): void {
    if (kind === 'read' || kind === 'refused use') return;
    rev += sign;
    const direction = kind === 'credit' ? sign : -sign;
    for (const [item, n] of Object.entries(changed)) goods.set(item, has(item) + direction * n);
  }

  return search(0n);
}
