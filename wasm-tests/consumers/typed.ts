// The code of a typed project; it only has to compile.
import { LatentPadElement, type Macros, type PatchChange, type SoundProperty } from 'latent-pad';

const pad: LatentPadElement = document.createElement('latent-pad');
pad.x = 1.5;
pad.patch = { ...pad.patch, osc_mix: 0 };
pad.addEventListener('patchchange', ({ detail }) => follow(detail));
pad.addEventListener('statechange', ({ detail }) => console.log(detail.state === 'awake', detail.note + 1));
pad.output?.connect(new GainNode(pad.audioContext ?? new AudioContext()));
for (const parameter of pad.parameters ?? []) console.log(parameter.label, parameter.max - parameter.min);

function follow({ x, y, values }: PatchChange) {
  console.log(Math.hypot(x, y), values?.osc_mix);
}

async function brighten(property: SoundProperty) {
  const macros: Macros = await pad.macros();
  macros.param(property).value = macros.reach[property].more > 0 ? 1 : 0;
}
brighten('brightness');

// @ts-expect-error: the output is the pad's own
pad.output = null;
// @ts-expect-error: a key is a number
pad.noteOn('C4');
