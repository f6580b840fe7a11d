// A sound that a person gives for a target: a chosen file, or one that is dropped on the picture. Decides nothing.

/** Endings of sound files, for a system that states no media type: those of `import_sorting.rs`. */
const SOUND = /\.(wav|flac|ogg|opus|mp3|m4a|aac|aiff?)$/i;

/** @param {File} file */
const isSound = ({ type, name }) => (type.startsWith('audio/') && !type.includes('midi')) || SOUND.test(name);

/**
 * Calls `take` with each sound that a person chooses, or drops on an element before the page takes it.
 * @param {HTMLInputElement} chooser @param {HTMLElement} place @param {(file: File) => void} take
 */
export function onGivenSound(chooser, place, take) {
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) take(file);
    // The same file can be chosen again.
    chooser.value = '';
  });
  place.addEventListener('drop', event => {
    const file = [...(event.dataTransfer?.files ?? [])].find(isSound);
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    // The page no longer shows that a file is over it.
    place.dispatchEvent(new DragEvent('dragleave', { bubbles: true }));
    take(file);
  });
}
