//! Names for sounds that have none: that of the nearest preset, and a number. Pure.

use crate::landmarks::{NAME_LIMIT, tidy_name};

/// “Fragile Choir 2 - 1”, or the first number that is not taken. Only ASCII is added, since amSynth writes names
/// without an encoding.
pub fn variation(neighbour: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let neighbour = tidy_name(neighbour);
    let numbered = |number: usize| {
        let suffix = format!(" - {number}");
        let stem: String = neighbour.chars().take(NAME_LIMIT - suffix.len()).collect();
        format!("{}{suffix}", stem.trim_end())
    };
    let mut number = 1;
    loop {
        let name = numbered(number);
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sound_is_called_by_its_neighbour_and_the_first_free_number() {
        assert_eq!(variation("Fragile Choir 2", |_| false), "Fragile Choir 2 - 1");
        let taken = ["Fragile Choir 2 - 1", "Fragile Choir 2 - 2"];
        assert_eq!(variation(" Fragile  Choir 2", |name| taken.contains(&name)), "Fragile Choir 2 - 3");
    }

    proptest! {
        #[test]
        fn any_neighbour_gives_a_tidy_name(neighbour in ".{0,80}", taken in 0usize..12) {
            let count = std::cell::Cell::new(0);
            let name = variation(&neighbour, |_| { count.set(count.get() + 1); count.get() <= taken });
            prop_assert!(name.chars().count() <= NAME_LIMIT && !name.contains(char::is_control));
            let number = format!("- {}", taken + 1);
            prop_assert!(name.ends_with(&number), "{}", name);
        }
    }
}
