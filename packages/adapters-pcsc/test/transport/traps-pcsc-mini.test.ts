import { pcscMiniTransport } from '../../src/transport/pcsc.js';
import { trapSuite } from './support/traps.js';

const traps = await trapSuite('pcsc-mini', pcscMiniTransport);
traps.run();
