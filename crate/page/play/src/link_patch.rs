//! A patch as a link holds it, and the reasons why a link cannot be opened.

use patch::{PARAMETER_COUNT, Parameter, Patch};
use serde::{Deserialize, Serialize};

/// First byte of every link: its format version.
pub const LINK_VERSION: u8 = 1;

/// Why a link cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// It is not a link of this page, or characters were lost or changed.
    #[error("this link is damaged or was cut off: ask for it again and copy all of it")]
    Damaged,
    /// It was made by another version.
    #[error(
        "this link was made by another version of this page ({0}, this one reads {LINK_VERSION}): reload the page, or ask for a new link"
    )]
    Version(u8),
}

/// Stepped parameters by the number of their step, continuous ones exactly; both in amSynth's order.
#[derive(Serialize, Deserialize)]
pub(crate) struct LinkPatch {
    steps: Vec<u8>,
    values: Vec<f32>,
}

fn is_stepped(parameter: &Parameter) -> bool {
    parameter.info().step > 0.0
}

impl From<&Patch> for LinkPatch {
    fn from(patch: &Patch) -> Self {
        let step = |parameter: Parameter| {
            let info = parameter.info();
            ((patch.get(parameter) - info.min) / info.step).round() as u8
        };
        let (stepped, continuous): (Vec<_>, Vec<_>) = Parameter::ALL.into_iter().partition(is_stepped);
        Self {
            steps: stepped.into_iter().map(step).collect(),
            values: continuous.into_iter().map(|parameter| patch.get(parameter)).collect(),
        }
    }
}

impl TryFrom<LinkPatch> for Patch {
    type Error = LinkError;

    fn try_from(LinkPatch { steps, values }: LinkPatch) -> Result<Self, LinkError> {
        if steps.len() + values.len() != PARAMETER_COUNT {
            return Err(LinkError::Damaged);
        }
        let (mut steps, mut values) = (steps.into_iter(), values.into_iter());
        let mut patch = Self::default();
        for parameter in Parameter::ALL {
            let info = parameter.info();
            let value = if is_stepped(&parameter) {
                steps.next().map(|step| info.min + f32::from(step) * info.step)
            } else {
                values.next()
            };
            patch.set(parameter, value.ok_or(LinkError::Damaged)?);
        }
        Ok(patch)
    }
}
