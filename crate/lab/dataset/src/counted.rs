//! Numbers of things in sentences.

/// “1 preset”, “2 presets”: for nouns whose plural ends in s.
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_has_no_plural() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "preset")), ["0 presets", "1 preset", "2 presets"]);
    }
}
