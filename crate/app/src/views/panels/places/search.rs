//! Finding a known preset by its name. Pure.

use plane::{Coordinates, bank_name};

/// The rows whose names, or their banks' names, hold all words of the query, in any case: names that begin with it
/// first, then those that hold it, then the order of the names. An empty query finds nothing, or, with a chosen bank,
/// all of that bank in its own order.
pub fn search(known: &Coordinates, query: &str, bank: Option<usize>) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let chosen = |row: &usize| bank.is_none_or(|bank| usize::from(known.bank[*row]) == bank);
    if words.is_empty() {
        return (0..known.len()).filter(|row| bank.is_some() && chosen(row)).collect();
    }
    let banks: Vec<String> = known.banks.iter().map(|bank| bank_name(bank).to_lowercase()).collect();
    let mut found: Vec<(u8, String, usize)> = (0..known.len())
        .filter(chosen)
        .filter_map(|row| {
            let name = known.name[row].to_lowercase();
            let bank = &banks[usize::from(known.bank[row])];
            let rank = match &name {
                name if name.starts_with(&query) => 0,
                name if words.iter().all(|word| name.contains(word)) => 1,
                name if words.iter().all(|word| name.contains(word) || bank.contains(word)) => 2,
                _ => return None,
            };
            Some((rank, name, row))
        })
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
            banks: ["Brians.bank", "Low.amSynth.bank"].map(str::to_owned).to_vec(),
            name: ["Deep Bass", "bass drum", "Bassoon", "Strings"].map(str::to_owned).to_vec(),
            bank: vec![0, 0, 0, 1],
            ..Coordinates::default()
        };
        assert_eq!(search(&known, " BASS ", None), [1, 2, 0]);
        assert_eq!(search(&known, "bass d", None), [1, 0]);
        assert_eq!(search(&known, "low strings", None), [3], "a word of the bank's name");
        assert_eq!(search(&known, "", None), [0usize; 0]);
        assert_eq!(search(&known, "organ", None), [0usize; 0]);
        assert_eq!(search(&known, "", Some(0)), [0, 1, 2], "a bank as it is");
        assert_eq!(search(&known, "str", Some(1)), [3]);
        assert_eq!(search(&known, "bass", Some(1)), [0usize; 0]);
    }
}
