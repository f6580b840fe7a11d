//! Time to analyse four seconds at 44.1 kHz with a planned analyzer, for sounds with few to many onsets and
//! partials.

#[path = "../tests/all/sounds/mod.rs"]
mod sounds;

use criterion::{Criterion, criterion_group, criterion_main};
use timbre::Analyzer;

fn analyze(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("analyze");
    group.sample_size(20);
    for name in ["sine_440", "saw_60", "noise_white", "clicking_saw"] {
        let sound = sounds::make(&format!("{name} 4 44100")).expect("a generated signal");
        let mut analyzer = Analyzer::new(sound.sample_rate_hz).expect("an accepted rate");
        group.bench_function(name, |bencher| bencher.iter(|| analyzer.analyze(&sound.left)));
    }
    group.finish();
}

criterion_group!(benches, analyze);
criterion_main!(benches);
