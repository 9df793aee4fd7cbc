/** One page of the panel. `refresh` is called when it is shown, and when something changed while it is. */
export interface PanelView {
  element: HTMLElement;
  refresh: () => void | Promise<void>;
}
