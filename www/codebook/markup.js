// The elements of the codebook, inside the page's #codebook. Decides nothing.
import { say } from './words.js';

const HTML = () => `
<label class="code-layer">
  <span>${say('layer')}</span><select class="list" id="code-layer"></select>
</label>
<p class="hint">${say('about')}</p>
<button type="button" id="code-codes" aria-pressed="false"></button>
<p class="hint" id="code-codes-about" hidden>${say('codes_about')}</p>
<div class="code-both">
  <div class="code-picture">
    <div class="code-cloud" id="code-cloud" role="application" tabindex="0" aria-label="${say('cloud')}"
      aria-describedby="code-help"><canvas></canvas>
      <span class="code-end" data-end="left" aria-hidden="true"></span>
      <span class="code-end" data-end="right" aria-hidden="true"></span>
      <span class="code-end" data-end="up" aria-hidden="true"></span>
      <i class="dot code-mark" id="code-here"></i><i class="code-ring code-mark" id="code-ring" hidden></i></div>
    <p class="unseen" id="code-help">${say('help')}</p>
    <p class="code-chosen" id="code-chosen" role="status"></p>
  </div>
  <div class="code-side">
    <div class="code-bars" id="code-bars" role="group"></div>
    <p class="code-scale" aria-hidden="true"><span></span><span></span></p>
    <div class="code-picked">
      <p class="hint" id="code-picked" role="status"></p>
      <button type="button" class="main" id="code-play" hidden></button>
      <button type="button" id="code-clear" hidden>${say('clear')}</button>
    </div>
    <p class="hint" id="code-across"></p>
    <p class="hint" id="code-upward"></p>
    <p class="hint code-key"><i class="code-round"></i><span id="code-presets"></span></p>
    <p class="hint code-key"><i></i><span id="code-points"></span></p>
  </div>
</div>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'code-area';
  area.hidden = true;
  area.innerHTML = HTML();
  const status = /** @type {HTMLElement} */ (place.querySelector('#codebook-status'));
  status.before(area);
  return {
    place,
    area,
    status,
    /** The picture. */
    cloud: /** @type {HTMLElement} */ (area.querySelector('#code-cloud')),
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#code-${id}`)),
  };
}
