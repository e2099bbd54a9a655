/** Opens the context menu of the area around a button, under the button. */
export function openMenuAt(button: Element): void {
  const box = button.getBoundingClientRect();
  button.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left, clientY: box.bottom + 4 }),
  );
}
