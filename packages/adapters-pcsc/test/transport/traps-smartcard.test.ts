import { smartcardTransport } from '../../src/transport/pcsc.js';
import { trapSuite } from './support/traps.js';

const traps = await trapSuite('smartcard', smartcardTransport);
traps.run();
