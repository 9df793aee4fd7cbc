/** Runs one step of a command, on a line that says its name as it begins and its time as it ends. */
export async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const startedMs = performance.now();
  process.stdout.write(`${name} … `);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
