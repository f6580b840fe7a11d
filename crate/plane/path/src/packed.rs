//! Encodes whole numbers in few bytes, and samples in time as differences from predictions by the samples before them,
//! for links.

/// The latest time, in steps, that is read.
pub(crate) const TIME_LIMIT: i64 = (crate::strokes::PATH_LIMIT_S * 1e4) as i64;

/// Writes a whole number in as few bytes as it needs, seven bits each; small ones of either sign are short.
pub(crate) fn push(bytes: &mut Vec<u8>, number: i64) {
    let mut left = (number << 1 ^ number >> 63) as u64;
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

/// Writes times as changes of the pause between them. After a 0 the number of further ones follows:
/// most paths are even.
fn push_times(bytes: &mut Vec<u8>, times: impl Iterator<Item = i64>) {
    let (mut time, mut pause) = (0, 0);
    let changes = times.map(|next| {
        let change = next - time - pause;
        (time, pause) = (next, next - time);
        change
    });
    let mut changes = changes.collect::<Vec<i64>>().into_iter().peekable();
    while let Some(change) = changes.next() {
        push(bytes, change);
        if change == 0 {
            push(bytes, std::iter::from_fn(|| changes.next_if_eq(&0)).count() as i64);
        }
    }
}

/// Predicts the values of the next sample: the last ones, or a straight line through the last two.
struct Expectation<const COUNT: usize> {
    is_straight: bool,
    time: i64,
    pause: i64,
    values: [i64; COUNT],
    way: [i64; COUNT],
}

impl<const COUNT: usize> Expectation<COUNT> {
    fn new(is_straight: bool) -> Self {
        Self { is_straight, time: 0, pause: 0, values: [0; COUNT], way: [0; COUNT] }
    }

    fn at(&self, time: i64) -> [i64; COUNT] {
        let goes_on = self.is_straight && self.pause > 0;
        let change = |way: i64| if goes_on { way * (time - self.time) / self.pause } else { 0 };
        std::array::from_fn(|axis| self.values[axis] + change(self.way[axis]))
    }

    fn learn(&mut self, time: i64, values: [i64; COUNT]) {
        self.way = std::array::from_fn(|axis| values[axis] - self.values[axis]);
        (self.pause, self.time, self.values) = (time - self.time, time, values);
    }
}

/// Writes samples: their number, their times, their values.
pub(crate) fn push_samples<const COUNT: usize>(
    bytes: &mut Vec<u8>,
    samples: &[(i64, [i64; COUNT])],
    is_straight: bool,
) {
    push(bytes, samples.len() as i64);
    push_times(bytes, samples.iter().map(|sample| sample.0));
    let mut expectation = Expectation::new(is_straight);
    for &(time, values) in samples {
        let expected = expectation.at(time);
        values.iter().zip(expected).for_each(|(value, expected)| push(bytes, value - expected));
        expectation.learn(time, values);
    }
}

/// The bytes that are left to read.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub(crate) fn float(&mut self) -> Option<f64> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*bytes))
    }

    /// A whole number of at most 35 bits; longer ones are never written.
    pub(crate) fn number(&mut self) -> Option<i64> {
        let last = self.0.iter().take(5).position(|byte| *byte < 0x80)?;
        let (bytes, rest) = self.0.split_at(last + 1);
        self.0 = rest;
        let number = bytes.iter().rev().fold(0u64, |number, byte| number << 7 | u64::from(byte & 0x7f));
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The number of items that follow, each of at least one byte.
    pub(crate) fn count(&mut self) -> Option<usize> {
        self.number().and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= self.0.len())
    }

    /// Reads `count` times in order, the first not before `from`.
    fn times(&mut self, count: usize, from: i64) -> Option<Vec<i64>> {
        let mut times = Vec::with_capacity(count);
        let (mut time, mut pause, mut zeros) = (0, 0, 0);
        while times.len() < count {
            if zeros > 0 {
                zeros -= 1;
            } else {
                let change = self.number()?;
                pause += change;
                zeros = if change == 0 { self.number()? } else { 0 };
            }
            time += pause;
            let last = times.last().map_or(from, |last| *last);
            times.push(Some(time).filter(|time| (last..=TIME_LIMIT).contains(time))?);
        }
        (zeros == 0).then_some(times)
    }

    /// Samples in order of time, from a time on, with values within a range.
    pub(crate) fn samples<const COUNT: usize>(
        &mut self,
        is_straight: bool,
        from: i64,
        [least, most]: [i64; 2],
    ) -> Option<Vec<(i64, [i64; COUNT])>> {
        let count = self.count()?;
        let mut expectation = Expectation::<COUNT>::new(is_straight);
        let mut samples = Vec::with_capacity(count);
        for time in self.times(count, from)? {
            let mut values = expectation.at(time);
            for value in &mut values {
                *value += self.number()?;
                if !(least..=most).contains(value) {
                    return None;
                }
            }
            expectation.learn(time, values);
            samples.push((time, values));
        }
        Some(samples)
    }
}
