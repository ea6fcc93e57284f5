import type { CardTransport } from '../transport/transport.js';
import type { TokenName } from './choose.js';
import type { KnownModule } from './modules.js';
import type { PinLength } from './pin-length.js';
import type { NotReset } from './reset.js';

export interface Pkcs11ModuleOptions {
  /** A known module, looked for where its installer puts it, or the absolute path of any other. */
  readonly module: KnownModule | (string & {});
  /** Milliseconds for one step, such as a log-in and a signature together. 30,000 unless told otherwise. */
  readonly deadline?: number;
  /** Variables for the process of the module, such as `SOFTHSM2_CONF`, beside those of the program. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Pkcs11Options extends Pkcs11ModuleOptions {
  /** Which card. Without it, the only one there is; with two of one name, its serial number is needed. */
  readonly token?: TokenName;
  /** CKA_ID of the signing certificate in hexadecimal, where key usage does not tell one alone. */
  readonly certificateId?: string;
  /** Where the module does not tell it right. HiCOS has 6 to 8. */
  readonly pinLength?: PinLength;
  /**
   * Resets the card after each log-in, when the module has let go of it: OpenSC, as it is set up by default, leaves a PIN
   * verified for the next program. It also tells a card that another program holds (`CARD_BUSY`) from one that is at fault,
   * which modules do not. The transport stays the caller's to close.
   */
  readonly resetBy?: CardTransport;
  /**
   * Told, before the request is answered, of a card that `resetBy` could not reset in some five seconds; what was signed is
   * handed out all the same. Unless given it is a warning of the process, `MANDATE_CARD_NOT_RESET`.
   */
  readonly onNotReset?: (notReset: NotReset) => void;
}
