/**
 * The portal's script: the left column on a narrow screen, the focus after a refusal, printing, and the cards. Everything
 * but the cards works without it.
 *
 * @packageDocumentation
 */

const narrow = window.matchMedia('(max-width: 52rem)');

for (const button of document.querySelectorAll<HTMLButtonElement>('.menu-button')) {
  const set = (open: boolean): void => button.setAttribute('aria-expanded', String(open));
  button.hidden = false;
  set(!narrow.matches);
  narrow.addEventListener('change', () => set(!narrow.matches));
  button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
}

document.querySelector<HTMLElement>('[data-focus]')?.focus();

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
