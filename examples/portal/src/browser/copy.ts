/**
 * A button that copies what stands beside it (GEPI-35, 53: 以複製貼上方式).
 *
 * @packageDocumentation
 */

export const armCopying = (main: ParentNode): void => {
  for (const button of main.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const said = button.parentElement?.querySelector<HTMLElement>('[data-copied]');
    button.hidden = false;
    button.addEventListener('click', async () => {
      const { copy = '', done = '' } = button.dataset;
      try {
        await navigator.clipboard.writeText(copy);
        if (said !== null && said !== undefined) said.textContent = done;
      } catch {
        // Forbidden here: the text can be marked and copied by hand.
        const source = button.parentElement?.querySelector('code');
        if (source !== null && source !== undefined) getSelection()?.selectAllChildren(source);
      }
    });
  }
};
