/**
 * The portal that a stream belongs to.
 *
 * @packageDocumentation
 */
import { categoryOf, type StreamName } from '@mandate/domain';

/** `gepi` of `agency-gepi.EX001` and of `terms-gepi`. */
export const portalOf = (stream: StreamName): string => {
  const [portal = ''] = stream.slice(categoryOf(stream).length + 1).split('.');
  return portal;
};
