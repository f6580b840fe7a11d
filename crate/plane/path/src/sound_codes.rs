//! The codes of a codebook: a few sounds that represent all others, by k-means (Lloyd, IEEE Transactions on Information
//! Theory 28(2), 1982). The same sounds give the same codes: nothing is drawn at random.

/// Rounds of Lloyd's algorithm at most: after so many, the groups of the shipped planes change no more, or hardly.
const ROUNDS: usize = 40;

/// A group of similar sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundCode {
    /// The position of the sound that is nearest to the mean of its group.
    pub sound: usize,
    /// The number of sounds in the group.
    pub members: usize,
}

/// At most `count` groups of sounds, each given as the same number of coordinates in which the distance of two sounds
/// is Euclidean. The list is shorter if there are fewer different sounds, and empty if a number is not finite.
///
/// The first means are sounds that are as far from each other as possible (Gonzalez,
/// Theoretical Computer Science 38, 1985).
pub fn sound_codes(sounds: &[Vec<f32>], count: usize) -> Vec<SoundCode> {
    let width = sounds.first().map_or(0, Vec::len);
    if sounds.iter().any(|sound| sound.len() != width || !sound.iter().all(|value| value.is_finite())) {
        return Vec::new();
    }
    let mut means = farthest(sounds, count);
    if means.is_empty() {
        return Vec::new();
    }
    let mut groups = nearest(sounds, &means);
    for _ in 0..ROUNDS {
        means = means_of(sounds, &groups, &means);
        let moved = nearest(sounds, &means);
        if moved == groups {
            break;
        }
        groups = moved;
    }
    let code = |(group, mean): (usize, &Vec<f32>)| {
        let members = || (0..sounds.len()).filter(|sound| groups[*sound] == group);
        let distance = |sound: &usize| squared(&sounds[*sound], mean);
        let sound = members().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
        Some(SoundCode { sound, members: members().count() })
    };
    means.iter().enumerate().filter_map(code).collect()
}

/// Sounds that are far from each other, beginning with the first one: each is the farthest from all before it.
fn farthest(sounds: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    let mut chosen: Vec<Vec<f32>> = sounds.iter().take(count.min(1)).cloned().collect();
    let mut distances: Vec<f32> = vec![f32::INFINITY; sounds.len()];
    while let Some(last) = chosen.last().filter(|_| chosen.len() < count) {
        for (distance, sound) in distances.iter_mut().zip(sounds) {
            *distance = distance.min(squared(sound, last));
        }
        let greatest = (0..sounds.len()).max_by(|one, other| distances[*one].total_cmp(&distances[*other]));
        let Some(next) = greatest.filter(|next| distances[*next] > 0.0) else { break };
        chosen.push(sounds[next].clone());
    }
    chosen
}

/// The nearest mean of each sound.
fn nearest(sounds: &[Vec<f32>], means: &[Vec<f32>]) -> Vec<usize> {
    let group = |sound: &Vec<f32>| {
        let distance = |group: &usize| squared(sound, &means[*group]);
        (0..means.len()).min_by(|one, other| distance(one).total_cmp(&distance(other))).unwrap_or_default()
    };
    sounds.iter().map(group).collect()
}

/// The mean of each group; one without sounds stays where it is.
fn means_of(sounds: &[Vec<f32>], groups: &[usize], before: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut sums: Vec<(Vec<f64>, f64)> = before.iter().map(|mean| (vec![0.0; mean.len()], 0.0)).collect();
    for (sound, group) in sounds.iter().zip(groups) {
        let (sum, count) = &mut sums[*group];
        sum.iter_mut().zip(sound).for_each(|(sum, value)| *sum += f64::from(*value));
        *count += 1.0;
    }
    let mean = |((sum, count), before): ((Vec<f64>, f64), &Vec<f32>)| {
        if count > 0.0 { sum.iter().map(|sum| (sum / count) as f32).collect() } else { before.clone() }
    };
    sums.into_iter().zip(before).map(mean).collect()
}

fn squared(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sounds around places, each place with as many sounds as it says.
    fn around(places: &[([f32; 2], usize)]) -> Vec<Vec<f32>> {
        let sound = |place: [f32; 2], number: usize| {
            let angle = number as f32;
            vec![place[0] + angle.cos(), place[1] + angle.sin()]
        };
        places
            .iter()
            .flat_map(|(place, count)| (0..*count).map(move |number| sound(*place, number)))
            .collect()
    }

    #[test]
    fn sounds_in_groups_give_a_code_for_each_group_from_its_middle() {
        let places = [([0.0, 0.0], 40), ([20.0, 0.0], 7), ([0.0, 30.0], 100)];
        let mut sounds = around(&places);
        // The middle of the second group.
        sounds.push(vec![20.0, 0.0]);
        let mut codes = sound_codes(&sounds, 3);
        codes.sort_by_key(|code| code.members);
        assert_eq!(codes.iter().map(|code| code.members).collect::<Vec<_>>(), [8, 40, 100]);
        assert_eq!(codes[0].sound, sounds.len() - 1);
        assert_eq!(sound_codes(&sounds, 3), sound_codes(&sounds, 3), "the same every time");
    }

    #[test]
    fn every_sound_belongs_to_one_code_and_there_are_no_more_than_different_sounds() {
        let sounds = around(&[([0.0, 0.0], 30), ([5.0, 5.0], 30)]);
        for count in [1, 2, 7, 59, 60, 200] {
            let codes = sound_codes(&sounds, count);
            assert!(codes.len() <= count.min(60), "{count}");
            assert_eq!(codes.iter().map(|code| code.members).sum::<usize>(), 60);
        }
        assert_eq!(sound_codes(&[vec![1.0], vec![1.0]], 5), [SoundCode { sound: 0, members: 2 }]);
    }

    #[test]
    fn what_has_no_distance_has_no_codes() {
        assert_eq!(sound_codes(&[], 5), []);
        assert_eq!(sound_codes(&[vec![1.0]], 0), []);
        assert_eq!(sound_codes(&[vec![1.0], vec![f32::NAN]], 2), []);
        assert_eq!(sound_codes(&[vec![1.0], vec![1.0, 2.0]], 2), []);
    }
}
