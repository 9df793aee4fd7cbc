import { h } from './dom.ts';

const SHOWN_MS = 650;

/** Shows each haptic as a small word at the edge of the screen, and lets the device vibrate where it can. */
export function createHaptics(screen: HTMLElement): (label: string, durationMs: number) => void {
  const chip = h('div', { class: 'haptic', attrs: { 'aria-hidden': 'true' } });
  screen.append(chip);
  let timer = 0;
  return (label, durationMs) => {
    clearTimeout(timer);
    chip.textContent = label;
    chip.classList.remove('is-shown');
    // Reading the layout lets the animation start anew for a haptic that follows at once.
    void chip.offsetWidth;
    chip.classList.add('is-shown');
    timer = setTimeout(() => chip.classList.remove('is-shown'), SHOWN_MS);
    if (navigator.userActivation?.hasBeenActive && 'vibrate' in navigator) navigator.vibrate(durationMs);
  };
}
