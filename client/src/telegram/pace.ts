/** True at most `perSecond` times in any second; `nowMs` is any clock that does not run backwards. */
export function createPace(perSecond: number, nowMs: () => number): () => boolean {
  const recent: number[] = [];
  return () => {
    const now = nowMs();
    while (recent[0] !== undefined && now - recent[0] >= 1_000) recent.shift();
    if (recent.length >= perSecond) return false;
    recent.push(now);
    return true;
  };
}
