//! A new kind of model is one module that implements the trait, as this one does: it is written, checked, loaded
//! and run without a change anywhere else.

use model::manifest::Manifest;
use model::network::Network;
use model::onnx::{GraphProto, NodeProto, TensorProto};
use model::{ModelError, ModelKind, PatchDecoder};

/// Samples of a frame.
const FRAME: usize = 4;

/// From a frame of audio to its level: a kind that knows no patches.
struct LevelMeter(Network);

impl ModelKind for LevelMeter {
    const FORMAT: &'static str = "test level meter";
    const VERSION: &'static str = "3";
    const REMEDY: &'static str = "`train-level-meter`";
    const INPUTS: &'static [(&'static str, usize)] = &[("frame", FRAME)];
    const OUTPUTS: &'static [(&'static str, usize)] = &[("level", 1)];

    fn statements() -> Manifest {
        Manifest { other: vec![("sample_rate_hz".to_owned(), "48000".to_owned())], ..Manifest::default() }
    }

    fn from_network(network: Network) -> Self {
        Self(network)
    }
}

impl LevelMeter {
    fn level(&mut self, frame: &[f32; FRAME]) -> Result<f32, ModelError> {
        let mut level = [0.0];
        self.0.run(&[frame], &mut [&mut level])?;
        Ok(level[0])
    }
}

fn file(manifest: Manifest) -> Vec<u8> {
    let graph = GraphProto {
        node: vec![NodeProto::new("MatMul", &["frame", "mean"], "level")],
        initializer: vec![TensorProto::new("mean", &[FRAME, 1], &[0.25; FRAME])],
        ..GraphProto::default()
    };
    manifest.into_file(graph).to_bytes()
}

#[test]
fn it_is_written_loaded_and_run() {
    let mut meter = LevelMeter::load(&file(LevelMeter::manifest())).unwrap();
    assert_eq!(meter.level(&[1.0, 2.0, 3.0, 6.0]), Ok(3.0));
}

#[test]
fn its_own_statements_are_checked() {
    let refusal = |manifest| LevelMeter::load(&file(manifest)).err().unwrap().to_string();
    let message = refusal(Manifest { other: Vec::new(), ..LevelMeter::manifest() });
    assert!(message.contains("no \"sample_rate_hz\", expected \"48000\""), "{message}");
    let message = refusal(Manifest { version: "2".to_owned(), ..LevelMeter::manifest() });
    assert!(message.contains("version = \"2\", expected \"3\""), "{message}");
    let message = refusal(PatchDecoder::manifest());
    assert!(message.contains("test level meter"), "{message}");
}

/// The errors of a file never advise to train it with the program that trains another kind.
#[test]
fn its_errors_advise_its_own_training() {
    let advice = |manifest, end: &str| {
        let message = LevelMeter::load(&file(manifest)).err().unwrap().to_string();
        assert!(message.ends_with(end), "{message:?} does not end with {end:?}");
    };
    advice(Manifest { other: Vec::new(), ..LevelMeter::manifest() }, "; train it with `train-level-meter`");
    advice(Manifest { outputs: Vec::new(), ..LevelMeter::manifest() }, "; train it with `train-level-meter`");
    let of_this_version = "; choose such a file, or train it with this version of `train-level-meter`";
    advice(Manifest { version: "2".to_owned(), ..LevelMeter::manifest() }, of_this_version);
    for (key, value) in [("minimum", "low".to_owned()), ("remark", "x".repeat(20_000))] {
        let other = vec![(key.to_owned(), value)];
        advice(Manifest { other, ..LevelMeter::manifest() }, of_this_version);
    }
}
