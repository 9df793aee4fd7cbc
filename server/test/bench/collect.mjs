import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into a server whose memory is measured: SIGUSR2 collects its garbage, twice, since the first round of it only
// runs the finalizers of what had any.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  setImmediate(collect);
});
