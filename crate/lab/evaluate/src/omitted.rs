//! Finds the parameters that a bank omits. amSynth gives them their defaults; the published data set has zeros there,
//! so its protocol needs them.

use patch::Parameter;

/// For each preset of a bank, in order, the parameters that it does not name.
pub fn omitted_parameters(bank: &str) -> Vec<Vec<Parameter>> {
    let mut presets: Vec<Vec<Parameter>> = Vec::new();
    for line in bank.lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next().and_then(Parameter::from_name)) {
            (Some("<preset>"), _) => presets.push(Parameter::ALL.to_vec()),
            (Some("<parameter>"), Some(named)) => {
                if let Some(missing) = presets.last_mut() {
                    missing.retain(|&parameter| parameter != named);
                }
            }
            _ => {}
        }
    }
    presets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_a_preset_does_not_name_are_omitted() {
        let mut bank = "amSynth\n<preset> <name> Old\n".to_owned();
        for parameter in Parameter::ALL.iter().filter(|&&parameter| parameter != Parameter::FilterKbdTrack) {
            bank += &format!("<parameter> {} 0.5\n", parameter.name());
        }
        bank += "<preset> <name> Empty\nEOF\n";
        assert_eq!(omitted_parameters(&bank), [vec![Parameter::FilterKbdTrack], Parameter::ALL.to_vec()]);
    }
}
