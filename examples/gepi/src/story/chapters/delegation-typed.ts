/**
 * 五、授權指派, by hand: the serial is looked up, typed, mistyped and typed right (GEPI-35, GEPI-53).
 *
 * @packageDocumentation
 */
import { cityOffice, people } from '../../world/cast.js';
import { answer, answered, done, refused } from '../outcome.js';
import { orElse, personShown, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { cardEntry } from './entry.js';
import { desk, say } from './shared.js';

const step = steps('delegation', cityOffice);
const atDesk = desk(cityOffice, 'city', people.lin, 'lin');

/** 新增 with a typed serial. */
const typeSerial = (change: (serial: string) => string) => async (scene: Scene) =>
  orElse(await atDesk(scene), (session) =>
    scene.send(
      session,
      {
        type: 'AuthorizeClerk',
        clerk: {
          name: people.chen.name,
          nationalId: people.chen.nationalId,
          certificate: { kind: 'typed', serial: change(scene.world.box.card('chen').card.serial) },
        },
        permissions: ['benefit-estimate', 'benefit-query'],
      },
      {
        text: say('message.clerkAdded'),
      },
    ),
  );

/** As people paste it: in pairs, with colons, in lower case. */
const asPasted = (serial: string): string => (serial.match(/../g) ?? []).join(':').toLowerCase();

export const typedSerials: ReadonlyArray<Step> = [
  step(
    'serial-asked',
    '2026-01-23T10:00',
    '陳手打先查詢自己的自然人憑證序號',
    'A clerk looks up the serial of his card beforehand',
    'GEPI-35 GEPI-53',
    answered,
    async (scene) =>
      orElse(
        await scene.show('query-serial', undefined, [personShown(scene, people.chen, 'chen')]),
        async (confirmed) =>
          orElse(await scene.register.serialOf(confirmed.confirmation.id)(), ({ name, serial }) => {
            return answer(name === people.chen.name, `${name}  ${serial}`, 'Name and serial');
          }),
      ),
  ),
  step(
    'serial-31',
    '2026-01-23T10:20',
    '手動輸入序號,少打一碼(31碼)',
    'Typed by hand, one digit short (31)',
    'GEPI-35',
    refused('INVALID_INPUT', 'CERTIFICATE_SERIAL_LENGTH'),
    typeSerial((serial) => serial.slice(0, -1)),
  ),
  step(
    'serial-35',
    '2026-01-23T10:21',
    '多打三碼(35碼)',
    'Three digits too many (35)',
    'GEPI-35',
    refused('INVALID_INPUT', 'CERTIFICATE_SERIAL_LENGTH'),
    typeSerial((serial) => `${serial}000`),
  ),
  step(
    'serial-letters',
    '2026-01-23T10:22',
    '把 0 打成英文字母 O',
    'The letter O in place of a zero',
    'GEPI-35',
    refused('INVALID_INPUT', 'CERTIFICATE_SERIAL_CHARACTERS'),
    typeSerial((serial) => `${serial.slice(0, -1)}O`),
  ),
  step(
    'serial-taken',
    '2026-01-23T10:23',
    '誤貼王小明的序號',
    "Another clerk's serial pasted by mistake",
    'GEPI-35',
    refused('CERTIFICATE_IN_USE'),
    (scene) => typeSerial(() => scene.world.box.card('wang').card.serial)(scene),
  ),
  step(
    'serial-typed',
    '2026-01-23T10:24',
    '貼上正確序號,新增陳手打',
    'Pasted right, with colons and in lower case: added',
    'GEPI-35 GEPI-37',
    done('ClerkAuthorized'),
    typeSerial(asPasted),
  ),
  step(
    'liu-added',
    '2026-01-23T10:28',
    '新增劉離職',
    'A third clerk is added',
    'GEPI-30 GEPI-37',
    done('ClerkAuthorized'),
    async (scene) =>
      orElse(await atDesk(scene), async (session) =>
        scene.send(
          session,
          {
            type: 'AuthorizeClerk',
            clerk: await cardEntry(scene, people.liu, 'liu'),
            permissions: ['seniority-query', 'seniority-print'],
          },
          {
            text: say('message.clerkAdded'),
          },
        ),
      ),
  ),
];
