//! The rows of `presets.bin`: each names an earlier row that has many equal values, and holds only the values that
//! differ from it. This module knows positions of values, not the values; [`crate::presets`] describes the rest of the
//! file.
//!
//! First come the distances of all rows to their earlier rows, as u16 (0: no row). The marks of all rows follow, six
//! bytes each: a bit for each parameter whose value differs from that of the earlier row, the first parameter in the
//! lowest bit. The positions of the marked values follow parameter by parameter, each in as few bytes as hold the
//! parameter's last position (no bytes where all rows have one value). Bytes of one rank stand together: the lowest
//! bytes of all distances before the higher ones, the first bytes of all marks before the second ones, the lowest bytes
//! of the positions of all parameters before the higher ones.

use patch::PARAMETER_COUNT;

/// The position of each value of a row among the distinct values of its parameter.
pub type Positions = [u32; PARAMETER_COUNT];

/// Rows before a row among which the most similar one is looked for. All of ours, so that the file is smallest; the
/// time to write 20,000 rows stays below two seconds.
const LOOK_BACK_ROWS: usize = 4096;
/// Bytes of the marks of a row.
const MARK_BYTES: usize = PARAMETER_COUNT.div_ceil(8);
/// Bytes of the distance of a row.
const DISTANCE_BYTES: usize = 2;
/// Most bytes of a position.
const MOST_POSITION_BYTES: usize = 4;

/// The bytes of rows; `counts` are the distinct values of each parameter.
pub fn write(rows: &[Positions], counts: &[usize; PARAMETER_COUNT]) -> Vec<u8> {
    let distances: Vec<usize> = (0..rows.len()).map(|row| distance(rows, row)).collect();
    let differs = |row: usize, parameter: usize| {
        let distance = distances[row];
        distance == 0 || rows[row][parameter] != rows[row - distance][parameter]
    };
    let mut bytes = Vec::new();
    for byte in 0..DISTANCE_BYTES {
        bytes.extend(distances.iter().map(|distance| distance.to_le_bytes()[byte]));
    }
    for byte in 0..MARK_BYTES {
        let mark = |row, bit: usize| {
            let parameter = 8 * byte + bit;
            u8::from(parameter < PARAMETER_COUNT && differs(row, parameter)) << bit
        };
        bytes.extend((0..rows.len()).map(|row| (0..8).map(|bit| mark(row, bit)).sum::<u8>()));
    }
    for byte in 0..MOST_POSITION_BYTES {
        for parameter in (0..PARAMETER_COUNT).filter(|&parameter| byte < position_bytes(counts[parameter])) {
            let marked = (0..rows.len()).filter(|&row| differs(row, parameter));
            bytes.extend(marked.map(|row| rows[row][parameter].to_le_bytes()[byte]));
        }
    }
    bytes
}

/// The distance from a row back to the earlier row with the most equal values, of several the nearest; 0 for the first
/// row.
fn distance(rows: &[Positions], row: usize) -> usize {
    let (mut distance, mut most) = (0, None);
    let equal_to = |other: &Positions| {
        rows[row].iter().zip(other).map(|(one, other)| u32::from(one == other)).sum::<u32>()
    };
    for back in 1..=row.min(LOOK_BACK_ROWS) {
        let equal = Some(equal_to(&rows[row - back]));
        if equal > most {
            (distance, most) = (back, equal);
        }
    }
    distance
}

/// The rows of a file.
pub struct RowReader<'a> {
    rows: usize,
    distances: &'a [u8],
    marks: &'a [u8],
    /// The lowest bytes of the positions of each parameter, then the next ones.
    positions: [[&'a [u8]; PARAMETER_COUNT]; MOST_POSITION_BYTES],
    /// Positions of each parameter that are read already.
    read: [usize; PARAMETER_COUNT],
}

impl<'a> RowReader<'a> {
    /// The rows that bytes begin with, and the bytes after them; `None` if there are too few bytes.
    pub fn new(bytes: &'a [u8], rows: usize, counts: &[usize; PARAMETER_COUNT]) -> Option<(Self, &'a [u8])> {
        let (distances, bytes) = bytes.split_at_checked(rows.checked_mul(DISTANCE_BYTES)?)?;
        let (marks, mut bytes) = bytes.split_at_checked(rows.checked_mul(MARK_BYTES)?)?;
        let mut positions = [[&[][..]; PARAMETER_COUNT]; MOST_POSITION_BYTES];
        let marked: [usize; PARAMETER_COUNT] = std::array::from_fn(|parameter| {
            let marks = marks[parameter / 8 * rows..].iter().take(rows);
            marks.filter(|mark| *mark >> (parameter % 8) & 1 == 1).count()
        });
        for (byte, positions) in positions.iter_mut().enumerate() {
            for parameter in
                (0..PARAMETER_COUNT).filter(|&parameter| byte < position_bytes(counts[parameter]))
            {
                (positions[parameter], bytes) = bytes.split_at_checked(marked[parameter])?;
            }
        }
        Some((Self { rows, distances, marks, positions, read: [0; PARAMETER_COUNT] }, bytes))
    }

    /// The distance from a row back to its similar row. `None` if the bytes are damaged: the similar row would lie
    /// before the first, a mark belongs to no parameter, or a row without a similar one lacks a value.
    pub fn distance(&self, row: usize) -> Option<usize> {
        let distance =
            usize::from(u16::from_le_bytes([self.distances[row], self.distances[self.rows + row]]));
        let is_whole = distance > 0 || (0..PARAMETER_COUNT).all(|parameter| self.differs(row, parameter));
        (distance <= row && is_whole && self.mark(row, MARK_BYTES - 1) >> (PARAMETER_COUNT % 8) == 0)
            .then_some(distance)
    }

    /// True if the value of a parameter differs from that of the similar row.
    pub fn differs(&self, row: usize, parameter: usize) -> bool {
        self.mark(row, parameter / 8) >> (parameter % 8) & 1 == 1
    }

    /// The next marked position of a parameter.
    pub fn next(&mut self, parameter: usize) -> usize {
        let index = self.read[parameter];
        self.read[parameter] += 1;
        let byte = |bytes: &[&[u8]; PARAMETER_COUNT]| bytes[parameter].get(index).copied().unwrap_or(0);
        u32::from_le_bytes(self.positions.each_ref().map(byte)) as usize
    }

    fn mark(&self, row: usize, byte: usize) -> u8 {
        self.marks[byte * self.rows + row]
    }
}

/// Bytes of a position among so many values.
fn position_bytes(count: usize) -> usize {
    match count {
        0..=1 => 0,
        2..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => MOST_POSITION_BYTES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row whose values are all at one position, but for the first.
    fn row(first: u32, others: u32) -> Positions {
        let mut row = [others; PARAMETER_COUNT];
        row[0] = first;
        row
    }

    #[test]
    fn a_row_follows_the_nearest_of_the_most_similar_rows() {
        let rows = [row(0, 0), row(1, 1), row(2, 0), row(2, 1), row(3, 1)];
        let distances: Vec<usize> = (0..rows.len()).map(|row| distance(&rows, row)).collect();
        assert_eq!(distances, [0, 1, 2, 2, 1]);
    }

    #[test]
    fn a_row_does_not_follow_one_too_far_before() {
        let mut rows = vec![row(0, 0)];
        rows.resize(LOOK_BACK_ROWS, row(1, 1));
        rows.push(row(2, 0));
        assert_eq!(distance(&rows, LOOK_BACK_ROWS), LOOK_BACK_ROWS);
        rows.insert(1, row(1, 1));
        assert_eq!(distance(&rows, LOOK_BACK_ROWS + 1), 1);
    }

    #[test]
    fn positions_of_one_two_and_four_bytes_are_read_unchanged() {
        let counts = std::array::from_fn(|parameter| [1, 7, 0x100, 0x101, 0x1_0000, 0x1_0001][parameter % 6]);
        let rows: Vec<Positions> =
            (0..50).map(|row| counts.map(|count| (row * row * 48_271 % count) as u32)).collect();
        let bytes = write(&rows, &counts);
        let (mut reader, rest) = RowReader::new(&bytes, rows.len(), &counts).unwrap();
        assert!(rest.is_empty());
        let mut read: Vec<Positions> = Vec::new();
        for row in 0..rows.len() {
            let distance = reader.distance(row).unwrap();
            read.push(std::array::from_fn(|parameter| {
                let differs = reader.differs(row, parameter);
                if differs { reader.next(parameter) as u32 } else { read[row - distance][parameter] }
            }));
        }
        assert_eq!(read, rows);
    }
}
