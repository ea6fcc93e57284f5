/**
 * `@mandate/adapters-http/agent`: a local service that speaks the HiPKI component's protocol, on any card readers.
 *
 * @packageDocumentation
 */
export { type CardAgent, cardAgent, hipkiPort } from './card-agent.js';
export { protocolVersion } from './info.js';
export type { AgentFault, CardAgentOptions, TrustedOrigin } from './options.js';
export type { AgentSlot, AgentSlots } from './slots.js';
