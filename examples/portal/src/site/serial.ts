import { CertificateSerial, toPrinted } from '@mandate/domain';

/** A serial as certificate viewers show it (GEPI-53); what is none is left as it is. */
export const printedSerial = (serial: string): string =>
  CertificateSerial.is(serial) ? toPrinted(serial) : serial;
