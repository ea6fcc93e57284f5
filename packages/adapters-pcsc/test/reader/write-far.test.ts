// The same rules, with the drivers in the place where the card is held.
import { place } from './place.js';

place.isFar = true;
await import('./write.test.js');
