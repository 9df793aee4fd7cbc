/**
 * Runs one step of a command, on a line that says its name as it begins and its time as it ends. On stderr: what a command
 * was asked for may be read by a program.
 */
export async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const startedMs = performance.now();
  process.stderr.write(`${name} … `);
  try {
    const result = await work();
    process.stderr.write(`${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  }
}
