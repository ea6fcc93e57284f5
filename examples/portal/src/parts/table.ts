/**
 * Tables: on a narrow screen each row becomes a block whose cells name their column.
 *
 * @packageDocumentation
 */
import { type Html, html, nothing } from '../site/html.js';

export interface Column {
  readonly label: string;
  /** `actions`: buttons. `number`: digits in line, unbroken. */
  readonly kind?: 'actions' | 'number' | 'head';
}

export interface Table {
  readonly caption: string;
  /** The caption is there for who cannot see the heading above it. */
  readonly quiet?: boolean;
  readonly columns: ReadonlyArray<Column>;
  readonly rows: ReadonlyArray<ReadonlyArray<Html | string>>;
  /** What stands there where there are no rows. */
  readonly empty: string;
}

const cell = ({ label, kind }: Column, content: Html | string): Html => {
  const inside = html`<span class="cell-label" aria-hidden="true">${label}</span><span class="cell">${content}</span>`;
  return kind === 'head'
    ? html`<th scope="row" role="rowheader">${inside}</th>`
    : html`<td role="cell"${kind === undefined ? nothing : html` class="${kind}"`}>${inside}</td>`;
};

/** The roles are said once more because rows that are laid out as blocks lose them. */
export const dataTable = ({ caption, quiet, columns, rows, empty }: Table): Html =>
  rows.length === 0
    ? html`<p class="empty">${empty}</p>`
    : html`<table class="stack" role="table"><caption${quiet === true ? html` class="unseen"` : nothing}>${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(
        ({ label }) => html`<th scope="col" role="columnheader">${label}</th>`,
      )}</tr></thead><tbody role="rowgroup">${rows.map(
        (row) => html`<tr role="row">${columns.map((column, at) => cell(column, row[at] ?? nothing))}</tr>`,
      )}</tbody></table>`;
