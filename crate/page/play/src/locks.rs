//! Locked groups of parameters: they keep their values while the rest of the patch follows the map.

use std::collections::BTreeMap;

use patch::{Group, PARAMETER_COUNT, Parameter, Patch};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// By parameter: the stored value that a locked group keeps. [`crate::Notes`] keep keyboard mode and portamento time
/// in every patch, so that no lock holds these two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locks([Option<f32>; PARAMETER_COUNT]);

impl Default for Locks {
    fn default() -> Self {
        Self([None; PARAMETER_COUNT])
    }
}

/// The parameters of a group that a lock holds.
fn members(group: Group) -> impl Iterator<Item = Parameter> {
    Parameter::ALL
        .into_iter()
        .filter(move |&parameter| is_lockable(parameter) && parameter.info().group == group)
}

fn is_lockable(parameter: Parameter) -> bool {
    !matches!(parameter, Parameter::KeyboardMode | Parameter::PortamentoTime)
}

impl Locks {
    /// Locks a group at the values of a patch.
    pub fn lock(&mut self, group: Group, patch: &Patch) {
        members(group).for_each(|parameter| self.0[parameter.index()] = Some(patch.get(parameter)));
    }

    /// The locks with these values; a parameter that no lock can hold is left out.
    pub fn of_values(values: impl Iterator<Item = (Parameter, f32)>) -> Self {
        let mut locks = Self::default();
        for (parameter, value) in values.filter(|&(parameter, _)| is_lockable(parameter)) {
            locks.0[parameter.index()] = Some(parameter.snap(value));
        }
        locks
    }

    /// Unlocks a group; returns what was locked.
    pub fn unlock(&mut self, group: Group) -> Self {
        let mut unlocked = Self::default();
        for parameter in members(group) {
            unlocked.0[parameter.index()] = self.0[parameter.index()].take();
        }
        unlocked
    }

    /// True if a group is locked.
    pub fn holds(&self, group: Group) -> bool {
        members(group).any(|parameter| self.get(parameter).is_some())
    }

    /// The locked groups.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(|&group| self.holds(group))
    }

    /// True if nothing is locked.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The locked value of a parameter, if any.
    pub fn get(&self, parameter: Parameter) -> Option<f32> {
        self.0[parameter.index()]
    }

    /// The indices of the locked parameters.
    pub fn indices(&self) -> Vec<u8> {
        (0..PARAMETER_COUNT as u8).filter(|&index| self.0[usize::from(index)].is_some()).collect()
    }

    /// Changes the value of a locked parameter; returns whether it is locked.
    pub fn set(&mut self, parameter: Parameter, value: f32) -> bool {
        let locked = self.0[parameter.index()].as_mut();
        locked.map(|locked| *locked = parameter.snap(value)).is_some()
    }

    /// The same with this parameter unlocked.
    pub fn without(mut self, parameter: Parameter) -> Self {
        self.0[parameter.index()] = None;
        self
    }

    /// A patch with the locked values.
    pub fn apply(&self, patch: &Patch) -> Patch {
        let mut patch = *patch;
        for parameter in Parameter::ALL {
            if let Some(value) = self.get(parameter) {
                patch.set(parameter, value);
            }
        }
        patch
    }
}

impl Serialize for Locks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let locked =
            Parameter::ALL.into_iter().filter_map(|parameter| Some((parameter.name(), self.get(parameter)?)));
        serializer.collect_map(locked)
    }
}

/// Ignores names that no lockable parameter has; snaps values.
impl<'de> Deserialize<'de> for Locks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<String, f32>::deserialize(deserializer)?.into_iter();
        Ok(Self::of_values(values.filter_map(|(name, value)| Some((Parameter::from_name(&name)?, value)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_locked_group_keeps_its_values_and_no_others() {
        let mut bright = Patch::default();
        bright.set(Parameter::FilterCutoff, 1.25);
        bright.set(Parameter::AmpAttack, 2.0);
        let mut locks = Locks::default();
        locks.lock(Group::Filter, &bright);
        let heard = locks.apply(&Patch::default());
        assert_eq!(heard.get(Parameter::FilterCutoff), 1.25);
        assert_eq!(heard.get(Parameter::AmpAttack), Patch::default().get(Parameter::AmpAttack));
        assert_eq!(locks.groups().collect::<Vec<_>>(), [Group::Filter]);
        assert!(locks.set(Parameter::FilterCutoff, 9.0) && !locks.set(Parameter::AmpAttack, 1.0));
        assert_eq!(locks.get(Parameter::FilterCutoff), Some(1.5), "within the range");
        assert_eq!(locks.unlock(Group::Filter).get(Parameter::FilterCutoff), Some(1.5));
        assert!(locks.is_empty());
    }

    #[test]
    fn every_group_can_be_locked_and_no_lock_holds_what_the_notes_hold() {
        let mut locks = Locks::default();
        for group in Group::ALL {
            locks.lock(group, &Patch::default());
            assert!(locks.holds(group));
        }
        assert_eq!(locks.get(Parameter::KeyboardMode).or(locks.get(Parameter::PortamentoTime)), None);
    }

    #[test]
    fn locks_are_stored_by_name() {
        let mut locks = Locks::default();
        locks.lock(Group::Effects, &Patch::default());
        let stored = serde_json::to_value(locks).unwrap();
        assert_eq!(stored["reverb_wet"], json!(0.0));
        assert_eq!(serde_json::from_value::<Locks>(stored).unwrap(), locks);
        let odd = serde_json::from_value::<Locks>(json!({ "reverb_wet": 7, "keyboard_mode": 1, "more": 1 }))
            .unwrap();
        assert_eq!(odd.get(Parameter::ReverbWet), Some(1.0));
        assert_eq!((odd.get(Parameter::KeyboardMode), odd.groups().count()), (None, 1));
    }
}
