/**
 * `@mandate/cli`: what the `mandate` command does, for programs that do it themselves.
 *
 * @packageDocumentation
 */
export { type RowCode, rowTexts } from './clerks/codes.js';
export { type ClerkImportSettings, importClerkRows, type Outcome } from './clerks/import.js';
export { type JudgeSettings, judgeRows, type Verdict } from './clerks/judge.js';
export { type ClerkRow, type Column, type ReadRow, type RowFault, readRows } from './clerks/rows.js';
export { type Encoding, type FileText, textOfFile } from './clerks/text.js';
export type { Answer, Command, Given, OptionSpec, Session } from './command.js';
export { commands } from './commands/index.js';
export { backupFiles, backupRegister } from './copies/backup.js';
export {
  type ForgettingsSettings,
  portalsThatForgot,
  type ReappliedPortals,
  reapplyForgettings,
} from './copies/forgettings.js';
export { type Restored, type RestoreSettings, restoreRegister } from './copies/restore.js';
export { type CliFault, cliFault } from './fault.js';
export { type ExitCode, exitOf, type Language, type MessageCode, messages, textOf } from './messages.js';
export { eventStoreDbKind } from './register/eventstoredb.js';
export type { Access, OpenedEvents, StoreKind } from './register/kind.js';
export { openEvents, sqliteFolder, storeKinds } from './register/open.js';
export { type Stats, statsOf } from './register/stats.js';
export { readUntil, storeUntil, type Until } from './register/until.js';
export { runCommandLine } from './run.js';
export type { Terminal } from './terminal/terminal.js';
export {
  type EvidenceList,
  type Exported,
  type ExportSettings,
  exportRegister,
} from './transfer/export.js';
export {
  type EndLine,
  type EventLine,
  type EvidenceLine,
  formatVersion,
  type HeaderLine,
} from './transfer/format.js';
export { type Imported, type ImportSettings, importRegister } from './transfer/import.js';
export { type Sink, toFile, toStream } from './transfer/sink.js';
export { type Finding, type FindingCode, type Findings, findingTexts } from './verify/findings.js';
export { type Verified, type VerifySettings, verifyRegister } from './verify/verify.js';
