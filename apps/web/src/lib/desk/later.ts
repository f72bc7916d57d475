/** Choices that stand aside until somebody asks for them (`.later`); without a script they are all there. */
import { tick } from 'svelte';

/** The button that asks for them goes, so the focus goes to the first of them. */
export async function showLater(event: MouseEvent, show: () => void): Promise<void> {
  const { form } = event.currentTarget as HTMLButtonElement;
  const first = form?.querySelector<HTMLInputElement>('.later input');
  show();
  await tick();
  first?.focus();
}
