// The measurements of sounds in the page tests (browser/sound.mjs).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fundamental_hz } from './browser/sound.mjs';

test('the pitch that is measured is that of the tone, not of a multiple of its period', () => {
  for (const hz of [130.81, 261.63, 329.63, 440]) {
    const found_hz = fundamental_hz(
      Float32Array.from({ length: 11_025 }, (_, frame) => Math.sin((2 * Math.PI * hz * frame) / 44_100)),
      44_100,
    );
    assert.ok(Math.abs(found_hz / hz - 1) < 0.01, `${found_hz} for ${hz}`);
  }
});
