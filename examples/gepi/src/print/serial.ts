/**
 * Certificates in few characters.
 *
 * @packageDocumentation
 */

/** `MOICA:4F3A…9C21`: enough to tell certificates apart. */
export const shortSerial = (credential: { readonly ca: string; readonly serial: string }): string =>
  `${credential.ca}:${credential.serial.slice(0, 4)}…${credential.serial.slice(-4)}`;
