// The shadow root of <latent-pad>. The ids are those of index.html, because the same program fills both; the texts are
// in www/words/.
import { fill } from '../words/language.js';
import styles from './styles.js';

const MARKUP = `
<div class="frame" part="frame" data-state="loading" data-sound="asleep">
  <div class="layout">
    <div class="pad" part="pad" role="group" aria-describedby="plane-help"
      data-names="aria-roledescription:two_axes aria-label:plane">
      <canvas id="map" part="map" aria-hidden="true"></canvas>
      <canvas id="pad" aria-hidden="true"></canvas>
      <p class="unseen" id="plane-help" data-word="plane_help"></p>
      <input class="unseen" id="across" type="range" min="-4" max="4" step="0.05" value="0"
        data-names="aria-label:left_and_right">
      <input class="unseen" id="upward" type="range" min="-4" max="4" step="0.05" value="0"
        data-names="aria-label:down_and_up" aria-orientation="vertical">
      <svg class="overlay" part="overlay" aria-hidden="true"></svg>
      <p class="legend" id="legend" part="legend" hidden><span id="legend-low"></span><canvas id="scale" width="64"
        height="1" aria-hidden="true"></canvas><span id="legend-high"></span><span id="legend-view"
          data-word="this_view"></span></p>
      <canvas class="minimap" id="minimap" width="128" height="128" aria-hidden="true"></canvas>
      <div class="notes">
        <div class="note trouble" id="trouble" part="trouble" hidden>
          <p id="trouble-text" role="alert"></p>
          <button class="main" id="retry" type="button" data-word="try_again"></button>
        </div>
        <p class="note progress" id="progress" role="progressbar" data-names="aria-label:loading" aria-valuemin="0"
          aria-valuemax="100"></p>
        <p class="note wake" id="wake" part="note" hidden></p>
        <p class="note muted" id="muted" part="note" data-word="muted" hidden></p>
      </div>
    </div>
    <div class="here" part="words" role="group" data-names="aria-label:where_you_are">
      <div class="here-title"><span class="dot" id="dot" aria-hidden="true"></span><p id="near">&nbsp;</p><span
        class="tag" id="edited" data-word="edited" hidden></span></div>
      <p class="here-line"><span id="between">&nbsp;</span><span id="away"></span></p>
      <dl class="bars" id="bars" hidden></dl>
    </div>
    <div class="coordinates" part="coordinates" role="group" data-names="aria-label:where_you_are">
      <label>x <input class="field" id="at-x" part="field" inputmode="decimal" autocomplete="off"></label>
      <label>y <input class="field" id="at-y" part="field" inputmode="decimal" autocomplete="off"></label>
    </div>
    <div class="buttons" part="controls" role="group" data-names="aria-label:controls">
      <button type="button" id="play" part="button" data-word="play"></button>
      <button type="button" id="hold" part="button" aria-pressed="false" data-word="hold"></button>
      <label class="shows"><span data-word="map"></span><select class="list" id="layer" part="select"></select></label>
    </div>
    <slot></slot>
  </div>
  <p class="unseen" id="spoken" aria-live="polite"></p>
</div>`;

/** @type {{ template: HTMLTemplateElement, sheet: CSSStyleSheet }[]} */
const made = [];

/** What all elements share. The first one makes it: a server imports this module, too, and has no document. */
function shared() {
  if (made.length === 0) {
    const [template, sheet] = [document.createElement('template'), new CSSStyleSheet()];
    template.innerHTML = MARKUP;
    sheet.replaceSync(styles);
    made.push({ template, sheet });
  }
  return made[0];
}

/**
 * Rebuilds the content of an element's shadow root and returns the frame around it. The keyboard stays in the element.
 * @param {ShadowRoot} root @param {string} language its tag
 * @param {import('../words/language.js').Words} words its words
 */
export function build(root, language, words) {
  const { template, sheet } = shared();
  const content = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  fill(content, words);
  root.adoptedStyleSheets = [sheet];
  const hadFocus = root.querySelector(':focus-visible');
  root.replaceChildren(content);
  if (hadFocus) /** @type {HTMLElement} */ (root.host).focus({ preventScroll: true });
  const frame = /** @type {HTMLElement} */ (root.querySelector('.frame'));
  frame.lang = language;
  return frame;
}

/**
 * Shows a sentence about what went wrong, and calls `retry` when the person asks for another try.
 * @param {ShadowRoot} root @param {string} sentence @param {() => void} retry
 */
export function showTrouble(root, sentence, retry) {
  const [note, text] = ['trouble', 'trouble-text'].map(id => root.getElementById(id));
  root.querySelector('.frame')?.setAttribute('data-state', 'error');
  note?.removeAttribute('hidden');
  if (text) text.textContent = sentence;
  root.getElementById('retry')?.addEventListener('click', retry, { once: true });
}
