//! Errors of model files, each one sentence for the person who chose the file.

/// The reason why a model cannot be loaded or run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// More bytes than any network of ours has.
    #[error("the model has {bytes} bytes, but at most {limit} are read; choose a smaller network")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// Largest size that is read.
        limit: usize,
    },
    /// The bytes are not an ONNX file.
    #[error("this is not an ONNX model ({0}); choose a file that was exported as ONNX")]
    NotOnnx(String),
    /// A required key of the metadata is absent.
    #[error("the model's metadata have no \"{key}\", expected \"{expected}\"; train it with {remedy}")]
    MetadataMissing {
        /// The key that is absent.
        key: String,
        /// The expected value.
        expected: String,
        /// The kind's [`REMEDY`](crate::ModelKind::REMEDY).
        remedy: &'static str,
    },
    /// A key of the metadata has a value that this program cannot use.
    #[error(
        "the model's metadata say {key} = \"{found}\", expected \"{expected}\"; choose such a file, or train it with this version of {remedy}"
    )]
    Metadata {
        /// The key; with the position of the first differing item if it is a list.
        key: String,
        /// The file's value.
        found: String,
        /// The expected value.
        expected: String,
        /// The kind's [`REMEDY`](crate::ModelKind::REMEDY).
        remedy: &'static str,
    },
    /// An input or output has another name or shape.
    #[error("the model's {place} is {found}, expected {expected}; train it with {remedy}")]
    Port {
        /// The input or output.
        place: &'static str,
        /// The file's name or shape.
        found: String,
        /// The expected name or shape.
        expected: String,
        /// The kind's [`REMEDY`](crate::ModelKind::REMEDY).
        remedy: &'static str,
    },
    /// The network uses an operator that the graph lowering does not know.
    #[error(
        "the model uses {0}, which this program cannot run; it runs Gemm, MatMul, Add, Mul, Sigmoid, Tanh, Relu, Exp, Log, Softmax and Concat of floats"
    )]
    Operator(String),
    /// An array of weights is unusable.
    #[error("the model's array \"{name}\" {problem}; export the model again")]
    Weights {
        /// Name of the array.
        name: String,
        /// The fault, as the end of a sentence about the array.
        problem: String,
    },
    /// The operators do not form a network.
    #[error("the model's graph is broken: {0}; export the model again")]
    Graph(String),
    /// Another number of arrays was given than the network reads.
    #[error("the model has {expected} inputs, but {given} were given; choose another model")]
    InputCount {
        /// The number of its inputs.
        expected: usize,
        /// The number of arrays given.
        given: usize,
    },
    /// An encoder that reads features was called without features.
    #[error("the model reads what a patch sounds like; give the features of its sound, too")]
    FeaturesMissing,
    /// Another number of values was given than the network reads.
    #[error("the model reads {expected} numbers, but {given} were given")]
    InputLength {
        /// The number of values that it reads.
        expected: usize,
        /// The number of values given.
        given: usize,
    },
    /// A given value is infinite or not a number.
    #[error("the numbers given to the model must be finite, but number {0} is not")]
    InputNotFinite(usize),
    /// A result is infinite or not a number.
    #[error("the model gave a number that is not finite; train it again")]
    OutputNotFinite,
    /// The network could not be computed.
    #[error("the model could not be run: {0}")]
    Run(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operators_that_run_are_listed() {
        let listed = ModelError::Operator("Sin".to_owned()).to_string();
        let arms = include_str!("lowering.rs").lines().filter_map(|line| line.trim().split_once("\" => "));
        let run: Vec<&str> = arms
            .filter_map(|(name, _)| name.strip_prefix('"'))
            .filter(|name| name.starts_with(|letter: char| letter.is_ascii_uppercase()))
            .collect();
        assert!(run.len() > 9, "{run:?}");
        let names: Vec<&str> = listed.split(|mark: char| !mark.is_alphanumeric()).collect();
        run.iter().for_each(|name| assert!(names.contains(name), "{name}: {listed}"));
    }
}
