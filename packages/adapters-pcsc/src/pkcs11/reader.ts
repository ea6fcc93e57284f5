/** A card behind a vendor's PKCS#11 module, as a `CardReader`. */
import type { CardFault, CardReader, CardView } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

import { ownContent } from '../reader/own-content.js';
import { openCard } from './card.js';
import { chooseSigning, type TokenName } from './choose.js';
import { unlessHeld } from './held.js';
import { type ModuleHost, moduleHost, type OpenModule } from './host.js';
import { modulePath } from './modules.js';
import { hexOf } from './objects.js';
import type { Pkcs11Options } from './options.js';
import { signRawOn } from './raw-signing.js';
import { resetCard, tellNotReset } from './reset.js';
import { signOn } from './signing.js';
import type { Pkcs11Token } from './token.js';

/** One card among those that a module sees. */
export interface Pkcs11Card extends CardReader {
  readonly signRaw: NonNullable<CardReader['signRaw']>;
}

export interface Pkcs11Reader extends Pkcs11Card {
  /** Every card that the module sees, by label and serial number. Asks for no PIN. */
  readonly tokens: () => TaskEither<CardFault, ReadonlyArray<Pkcs11Token>>;
  /** Another card by the same module, in the same process. */
  readonly card: (token: TokenName) => Pkcs11Card;
  /** Ends the process of the module. */
  readonly close: () => Promise<void>;
}

const view = async (module: OpenModule, options: Pkcs11Options): Promise<E.Either<CardFault, CardView>> => {
  const card = await openCard(module, options);
  if (E.isLeft(card)) return card;
  const { cardNumber, certificates } = card.right;
  // Some cards show one certificate under two ids.
  const distinct = new Map(certificates.map(({ der }) => [hexOf(der), der]));
  const signs = E.isRight(chooseSigning(certificates, options.certificateId));
  return E.right({
    cardNumber,
    certificates: [...distinct.values()],
    ...(signs ? {} : { signs: false as const }),
  });
};

/** The card that was shown a PIN is reset when the module is closed, whatever came of it, also where its process was ended. */
const withReset = async <A>(
  host: ModuleHost,
  { resetBy, onNotReset }: Pkcs11Options,
  work: (module: OpenModule) => Promise<E.Either<CardFault, A>>,
): Promise<E.Either<CardFault, A>> =>
  unlessHeld(resetBy, async () => {
    let shown: string | undefined;
    const result = await host.use(
      (module) =>
        work({
          ...module,
          shownTo: (reader) => {
            shown = reader;
          },
        }),
      async () => {
        if (shown !== undefined) tellNotReset(await resetCard(resetBy, shown), onNotReset);
      },
    );
    return { result, shown: shown !== undefined };
  });

const cardOn = (host: ModuleHost, options: Pkcs11Options): Pkcs11Card => ({
  read: () => () => withReset(host, options, (module) => view(module, options)),
  sign: (content, pin, signing = {}) => {
    const own = ownContent(content);
    return () => withReset(host, options, (module) => signOn(module, own, pin, options, signing));
  },
  signRaw: (content, pin, signing = {}) => {
    const own = ownContent(content);
    return () => withReset(host, options, (module) => signRawOn(module, own, pin, options, signing));
  },
});

/** A reader on any host of a module: the real one, or a fake in tests. */
export const pkcs11ReaderOn = (host: ModuleHost, options: Pkcs11Options): Pkcs11Reader => ({
  ...cardOn(host, options),
  card: (token) => cardOn(host, { ...options, token }),
  tokens: () => () =>
    withReset(host, options, async (module) => {
      const list = await module.ask('tokens', undefined);
      return E.isLeft(list) ? list : E.right(list.right.tokens);
    }),
  close: host.close,
});

const missingModule = (fault: CardFault): ModuleHost => ({
  use: () => Promise.resolve(E.left(fault)),
  close: () => Promise.resolve(),
});

/**
 * A card by its vendor's middleware: HiCOS, OpenSC, SoftHSM, any module that speaks PKCS#11. The module runs in a process of
 * its own, which is started at the first use and again after it hung or crashed.
 *
 * Faults: `NO_PCSC` where the module or pkcs11js is missing, `NO_READER`, `NO_CARD` (also where several cards have the
 * name asked for), `PIN_FORMAT` (not asked), `PIN_WRONG`, `PIN_LAST_TRY` and `PIN_LOCKED` (told by the token's flags before
 * it is asked), `CARD_REMOVED`, `CARD_BUSY`, `SIGNING_UNSUPPORTED`, `TIMEOUT`, `CANCELLED`, `CARD_FAULT`.
 */
export const pkcs11Reader = (options: Pkcs11Options): Pkcs11Reader => {
  const path = modulePath(options.module);
  const host = E.isLeft(path)
    ? missingModule(path.left)
    : moduleHost({
        path: path.right,
        deadline: options.deadline ?? 30_000,
        environment: options.environment ?? {},
      });
  return pkcs11ReaderOn(host, options);
};
