import { suiteNeeding } from '@mandate/testing';

import { cardTransportRules } from '../../src/transport/conformance/index.js';
import { pcscMiniTransport } from '../../src/transport/pcsc.js';
import { needsService } from './support/needs.js';
import { serviceWorlds } from './support/world.js';

const worlds = serviceWorlds(pcscMiniTransport);
const abilities = { readers: false, emptyAnswers: false };

const rules = suiteNeeding(
  'the contract of CardTransport: pcsc-mini on pcscd',
  await needsService('pcsc-mini'),
);
for (const { name, run } of cardTransportRules(worlds.make, abilities)) rules(name, run);
rules.after(worlds.end);
rules.run();
