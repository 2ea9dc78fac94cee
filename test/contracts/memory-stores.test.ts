import { aClock } from '../support/builders.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { describeStores } from './store-contract.ts';

describe('the stores in memory', () => {
  describeStores(async () => {
    const clock = aClock();
    const stores = createMemoryStores({ clock });
    return { ...stores, elsewhere: stores, clock };
  });
});
