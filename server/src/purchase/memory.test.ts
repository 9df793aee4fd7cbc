import { createMemoryStore } from './memory.ts';
import { describeStore } from './store.conformance.ts';

describeStore('memory', async () => ({ store: createMemoryStore(), close: async () => {} }));
