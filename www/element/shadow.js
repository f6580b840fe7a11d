// What <latent-pad> shows. The ids are those of index.html, because the same program fills them; words that change
// stand in crate/app/src/strings.rs.
import styles from './styles.js';

const template = document.createElement('template');
template.innerHTML = `
<div class="frame" part="frame" data-state="loading" data-sound="asleep">
  <div class="pad" part="pad" role="group" aria-roledescription="2-D slider" aria-label="Plane of sounds" aria-describedby="plane-help">
    <canvas id="pad" part="map" aria-hidden="true"></canvas>
    <p class="unseen" id="plane-help">Arrow keys move, with Shift in larger steps. Hold Space to play. Escape silences.</p>
    <input class="unseen" id="across" type="range" min="-4" max="4" step="0.05" value="0" aria-label="Left and right">
    <input class="unseen" id="upward" type="range" min="-4" max="4" step="0.05" value="0" aria-label="Down and up" aria-orientation="vertical">
    <p class="legend" id="legend" part="legend" hidden><span id="legend-low"></span><canvas id="scale" width="64" height="1" aria-hidden="true"></canvas><span id="legend-high"></span></p>
    <div class="notes">
      <p class="note progress" id="progress" role="progressbar" aria-label="Loading" aria-valuemin="0" aria-valuemax="100"></p>
      <p class="note wake" id="wake" part="note" hidden></p>
      <p class="note muted" id="muted" part="note" hidden>Muted: the volume is at 0</p>
      <div class="note trouble" id="trouble" part="trouble" hidden>
        <p id="trouble-text" role="alert"></p>
        <button class="main" id="retry" type="button">Try again</button>
      </div>
    </div>
  </div>
  <div class="here" part="words" role="group" aria-label="Where you are">
    <div class="here-title"><span class="dot" id="dot" aria-hidden="true"></span><p id="near">&nbsp;</p><span class="tag" id="edited" hidden>edited</span></div>
    <p class="here-line"><span id="between">&nbsp;</span><span id="away"></span></p>
    <dl class="bars" id="bars" hidden></dl>
  </div>
  <div class="controls" part="controls" role="group" aria-label="Controls">
    <button type="button" id="play" part="button">Play</button>
    <button type="button" id="hold" part="button" aria-pressed="false">Hold</button>
    <label class="shows"><span>Map</span><select class="list" id="layer" part="select"></select></label>
  </div>
  <slot></slot>
  <p class="unseen" id="spoken" aria-live="polite"></p>
</div>`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/**
 * Fills an element's shadow root anew and answers the frame around everything in it.
 * @param {ShadowRoot} root
 */
export function fill(root) {
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(template.content.cloneNode(true));
  return /** @type {HTMLElement} */ (root.querySelector('.frame'));
}
