"""Prints the 162 features of the signal in `features.rs`, computed with numpy and nothing of ours.

    python3 crate/listen/features/tests/golden.py > crate/listen/features/tests/golden.csv     (any numpy from 1.20 on)
"""

import numpy as np

RATE, FRAME, HOP, BANDS = 44100, 2048, 1024, 32
ENDS = [0, 0.1, 0.5, 2, 2.5, 4]

n = np.arange(4 * RATE, dtype=np.int64)
saw = (n * 220 % RATE) / RATE - 0.5
noise = ((n * n * 7919 + n * 104729) % 65537) / 65537 - 0.5
held = np.where(n < 2 * RATE, (4 * RATE - n) / (4 * RATE), 0) * saw * 0.5
signal = (held + np.where(n >= 110250, 0.01, 0.002) * noise).astype(np.float32).astype(float)

padded = np.concatenate([np.zeros(FRAME // 2), signal, np.zeros(FRAME // 2)])
window = np.hanning(FRAME + 1)[:FRAME]
window /= window.sum()
count = 1 + len(signal) // HOP
power = np.array([np.abs(np.fft.rfft(padded[i * HOP : i * HOP + FRAME] * window)) ** 2 for i in range(count)])

mel = lambda hz: 2595 * np.log10(1 + hz / 700)
corner = 700 * (10 ** (np.linspace(mel(30), mel(18000), BANDS + 2) / 2595) - 1)
hz = np.fft.rfftfreq(FRAME, 1 / RATE)
rise = [(hz - corner[b]) / (corner[b + 1] - corner[b]) for b in range(BANDS)]
fall = [(corner[b + 2] - hz) / (corner[b + 2] - corner[b + 1]) for b in range(BANDS)]
bands = power @ np.clip(np.minimum(rise, fall), 0, None).T

decibels = lambda value: 10 * np.log10(np.maximum(value, 1e-9))
time = np.arange(count) * HOP / RATE
levels = [decibels(bands[(time >= a) & (time < b)].mean(0)) for a, b in zip(ENDS, ENDS[1:])]
step = 10 * np.abs(np.diff(decibels(bands.sum(1)))).mean()
whole = bands.sum(0)
centroid = 3 * (whole * np.arange(BANDS)).sum() / whole.sum()
for value in [*np.concatenate(levels), step, centroid]:
    print(f"{value:.4f}")
