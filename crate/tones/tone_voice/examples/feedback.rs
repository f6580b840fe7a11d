//! Ten minutes of feedback for each domain with a random band-pass and point each second: prints the greatest sample,
//! and the level of the quietest quarter of a second. `cargo run --release -p tone_voice --example feedback`

use std::path::Path;

use frame_model::FrameModel;
use tone_voice::{LiveMode, ToneInstrument};

const RATE_HZ: f32 = 48_000.0;

fn main() {
    for domain in ["strings", "voices", "winds", "brass", "amsynth"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../models/timbre/{domain}.frames"));
        let bytes = std::fs::read(path).expect("a shipped file");
        let mut instrument = ToneInstrument::new(RATE_HZ, 5).expect("a usual rate");
        instrument.load(FrameModel::from_bytes(&bytes).expect("our own file"));
        instrument.set_live(LiveMode::Feedback);
        let mut random = 1_u32;
        let mut draw = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) as f32 / (1 << 24) as f32
        };
        let (mut greatest, mut quietest_db, mut is_finite) = (0.0_f32, 0.0_f32, true);
        let mut piece = vec![0.0; 12_000];
        for quarter in 0..2_400 {
            if quarter % 4 == 0 {
                instrument.set_feedback(40.0 * 125.0_f32.powf(draw()), 0.3 * 333.0_f32.powf(draw()));
                instrument.move_to(0, [8.0 * draw() - 4.0, 8.0 * draw() - 4.0]);
            }
            instrument.render(&mut piece);
            is_finite &= piece.iter().all(|sample| sample.is_finite());
            greatest = piece.iter().fold(greatest, |greatest, sample| greatest.max(sample.abs()));
            let power = piece.iter().map(|sample| sample * sample).sum::<f32>() / piece.len() as f32;
            // The loop begins in silence.
            if quarter > 3 {
                quietest_db = quietest_db.min(10.0 * power.log10());
            }
        }
        println!(
            "{domain}: finite {is_finite}, greatest sample {:.2} dBFS, quietest quarter of a second {quietest_db:.1} dB",
            20.0 * greatest.log10()
        );
    }
}
