//! Finding a known preset by its name. Pure.

use latent::coordinates::Coordinates;

/// The rows whose names hold all words of the query, in any case: names that begin with it first,
/// then in the order of the names. An empty query finds nothing.
pub fn search(known: &Coordinates, query: &str) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, String, usize)> = (0..known.len())
        .map(|row| (row, known.name[row].to_lowercase()))
        .filter(|(_, name)| words.iter().all(|word| name.contains(word)))
        .map(|(row, name)| (!name.starts_with(&query), name, row))
        .collect();
    found.sort();
    found.into_iter().map(|(.., row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_in_any_case_and_beginnings_first() {
        let known = Coordinates {
            name: ["Deep Bass", "bass drum", "Bassoon", "Strings"].map(str::to_owned).to_vec(),
            ..Coordinates::default()
        };
        assert_eq!(search(&known, " BASS "), [1, 2, 0]);
        assert_eq!(search(&known, "bass d"), [1, 0]);
        assert_eq!(search(&known, ""), [0usize; 0]);
        assert_eq!(search(&known, "organ"), [0usize; 0]);
    }
}
