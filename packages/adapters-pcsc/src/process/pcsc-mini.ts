/**
 * PC/SC through the package `pcsc-mini`.
 *
 * @packageDocumentation
 */
import { board } from '../transport/board.js';
import type { Layer, LayerCard } from './layer.js';
import { connectCard, type Reader } from './pcsc-mini-card.js';
import { pcscMiniFault } from './pcsc-mini-faults.js';
import { pcscMiniLooker } from './pcsc-mini-looker.js';

export const pcscMiniLayer = async (): Promise<Layer> => {
  const pcsc = await import('pcsc-mini');
  // What its `Client` names readers by. A reader whose name is known is connected to without waiting to be named again.
  const { default: native } = await import('pcsc-mini/build/addon.node.js');
  const seen = board();
  const { look, keepLooking } = pcscMiniLooker(pcsc, seen);
  // The memory of a connection is its owner's, and is not to be collected while the card is held.
  let owner: Reader | undefined;

  /** Of its own for each reader: one has room for four connections, and loses it with each that meets no service. */
  const fresh = (name: string): Promise<LayerCard> => {
    owner = new pcsc.Reader(native.newClient(), name);
    return connectCard(pcsc, owner);
  };

  /** By the client that connected the last time, which knows the service already; by another where that fails. */
  const connect = async (name: string): Promise<LayerCard> => {
    const known = owner?.name() === name ? owner : undefined;
    if (known !== undefined) {
      try {
        return await connectCard(pcsc, known);
      } catch {
        owner = undefined;
      }
    }
    try {
      return await fresh(name);
    } catch (thrown) {
      owner = undefined;
      throw thrown;
    }
  };

  return {
    board: seen,
    list: async () => {
      await look();
      return seen.states();
    },
    watch: async () => {
      await look();
      keepLooking();
    },
    connect,
    faultOf: pcscMiniFault,
  };
};
