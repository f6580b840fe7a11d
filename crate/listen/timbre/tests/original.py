"""Values of the Python original for a folder of WAV files, as CSV on standard output.

    python3 -m venv venv
    venv/bin/pip install librosa==0.10.2.post1 numba==0.68.1 numpy==1.26.4 pyloudnorm==0.2.0 \
        scikit-learn==1.9.1 scipy==1.13.1 soundfile==0.14.0 six==1.17.0
    venv/bin/pip install --no-deps timbral_models==0.4.0
    venv/bin/python crate/listen/timbre/tests/original.py FOLDER > crate/listen/timbre/tests/original.csv

The last column is the processor time in seconds of one analysis. The first file is analysed twice,
so that the time for compiling and loading on first use is not counted.
"""
import contextlib, pathlib, sys, time, warnings
import librosa, librosa.onset, numpy, soundfile

# timbral_models 0.4.0 passes by position what librosa 0.10 takes by name only.
detect, strength, resample = librosa.onset.onset_detect, librosa.onset.onset_strength, librosa.core.resample
librosa.onset.onset_detect = lambda y, sr, **named: detect(y=y, sr=sr, **named)
librosa.onset.onset_strength = lambda y, sr, **named: strength(y=y, sr=sr, **named)
librosa.core.resample = lambda y, orig, target: resample(y, orig_sr=orig, target_sr=target)
warnings.filterwarnings("ignore")
import timbral_models

NAMES = ["hardness", "depth", "brightness", "roughness", "warmth", "sharpness", "boominess", "reverb"]


def analyse(path):
    samples, rate = soundfile.read(path)
    start = time.process_time()
    values = timbral_models.timbral_extractor(samples, fs=rate, verbose=False)
    return values, time.process_time() - start


files = sorted(pathlib.Path(sys.argv[1]).glob("*.wav"))
analyse(files[0])
print(",".join(["sound", *NAMES, "seconds"]))
for path in files:
    try:
        values, seconds = analyse(path)
    except Exception as error:
        print(f"{path.stem}: {error!r}", file=sys.stderr)
        continue
    print(",".join([path.stem, *(f"{float(values[name]):.6f}" for name in NAMES), f"{seconds:.3f}"]), flush=True)
