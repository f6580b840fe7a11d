// Stop, Escape, and leaving the page end the sounds of the codebook and of a lesson, too, which the page's program
// does not silence.

/**
 * Calls `stop` for each of them. Escape closes a menu first, and while a person types it is the field's, as in
 * crate/page/app/src/views/controls.rs.
 * @param {() => void} stop
 */
export function onSilencing(stop) {
  // Before a menu closes: then the key was for the menu.
  addEventListener(
    'keydown',
    ({ key, target }) => {
      const isTaken =
        document.querySelector(':popover-open')
        ?? (target instanceof Element
          && target.closest('input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]'));
      if (key === 'Escape' && !isTaken) stop();
    },
    { capture: true },
  );
  addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('#play-stop[aria-pressed=true]')) stop();
  });
  addEventListener('pagehide', stop);
}
