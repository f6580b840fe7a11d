//! The performance of a sketch as numbers, in which the page keeps it: a person may save it long after the worker has
//! gone on to another sound. No web types.

use sketching::{SketchPerformance, SketchedNote};

/// Numbers before the notes: the length in seconds, and the counts of notes, bends and cutoffs.
const HEAD: usize = 4;
/// Numbers of a note.
const NOTE: usize = 4;

/// The numbers: the head; of each note its begin and its end in seconds, its key and its velocity; the bends; the
/// cutoffs.
pub fn numbers_of(performance: &SketchPerformance) -> Vec<f32> {
    let SketchPerformance { notes, bend_cents, cutoff, length_s } = performance;
    let counts = [notes.len(), bend_cents.len(), cutoff.len()].map(|count| count as f32);
    let note =
        |note: &SketchedNote| [note.start_s, note.end_s, f32::from(note.key), f32::from(note.velocity)];
    let head = [*length_s].into_iter().chain(counts);
    let numbers = head.chain(notes.iter().flat_map(note)).chain(bend_cents.iter().copied());
    numbers.chain(cutoff.iter().map(|&value| f32::from(value))).collect()
}

/// The performance of these numbers; `None` if they are none.
pub fn performance_of(numbers: &[f32]) -> Option<SketchPerformance> {
    let (&[length_s, notes, bends, cutoffs], rest) = numbers.split_first_chunk::<HEAD>()?;
    let [notes, bends, cutoffs] = [notes, bends, cutoffs].map(|count| count as usize);
    let (notes, rest) = rest.split_at_checked(notes.checked_mul(NOTE)?)?;
    let (bends, cutoff) = rest.split_at_checked(bends)?;
    let is_whole = cutoff.len() == cutoffs && numbers.iter().all(|number| number.is_finite());
    let note = |note: &[f32; NOTE]| SketchedNote {
        start_s: note[0],
        end_s: note[1],
        key: note[2] as u8,
        velocity: note[3] as u8,
    };
    is_whole.then(|| SketchPerformance {
        notes: notes.as_chunks().0.iter().map(note).collect(),
        bend_cents: bends.to_vec(),
        cutoff: cutoff.iter().map(|value| *value as u8).collect(),
        length_s,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_performance_is_the_same_after_its_numbers_and_other_numbers_are_none() {
        let note = |start_s: f32, key| SketchedNote { start_s, end_s: start_s + 0.4, key, velocity: 93 };
        let performance = SketchPerformance {
            notes: vec![note(0.1, 60), note(0.7, 64)],
            bend_cents: vec![0.0, -12.5, 30.0],
            cutoff: vec![64, 65],
            length_s: 1.3,
        };
        let numbers = numbers_of(&performance);
        assert_eq!(performance_of(&numbers), Some(performance));
        assert!((0..numbers.len()).all(|count| performance_of(&numbers[..count]).is_none()));
        for count in [-1.0, 1e30, f32::NAN] {
            for place in 1..HEAD {
                let mut others = numbers.clone();
                others[place] = count;
                assert_eq!(performance_of(&others), None, "{count} at {place}");
            }
        }
    }
}
