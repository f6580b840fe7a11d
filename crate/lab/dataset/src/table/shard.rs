//! A share of the rows: shard 3/8 is the third, eleventh, nineteenth … of them, so that all shards
//! have about the same work.

use std::fmt::{self, Display};
use std::str::FromStr;

/// A shard and the number of shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1 to `count`.
    number: usize,
    count: usize,
}

impl Default for Shard {
    /// All rows.
    fn default() -> Self {
        Self { number: 1, count: 1 }
    }
}

impl Shard {
    /// The rows of this share, in order.
    pub fn of<T>(self, rows: Vec<T>) -> Vec<T> {
        rows.into_iter().skip(self.number - 1).step_by(self.count).collect()
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, count)| {
            Some(Self { number: number.parse().ok()?, count: count.parse().ok()? })
        });
        numbers.filter(|shard| (1..=shard.count).contains(&shard.number)).ok_or_else(|| {
            "I/N is expected: the number of the shard, from 1, and how many there are".to_owned()
        })
    }
}

impl Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_all_rows_once() {
        let mut together: Vec<usize> = (1..=3)
            .flat_map(|number| format!("{number}/3").parse::<Shard>().unwrap().of((0..10).collect()))
            .collect();
        together.sort_unstable();
        assert_eq!(together, (0..10).collect::<Vec<_>>());
        assert_eq!(Shard::default().of(vec![5, 6]), [5, 6]);
    }

    #[test]
    fn invalid_shards_are_rejected() {
        for text in ["", "1", "0/3", "4/3", "1/0", "a/b", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
