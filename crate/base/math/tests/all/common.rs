//! The functions under test with a common signature; widening f32 arguments and results is exact.

#![allow(dead_code, reason = "the tests and the example use different parts")]

/// A function of one or two numbers; the second is ignored by functions of one.
pub struct Function {
    pub name: &'static str,
    pub ours: fn(f64, f64) -> f64,
    /// The platform's function.
    pub platform: fn(f64, f64) -> f64,
    pub is_single: bool,
    pub arguments: u8,
}

pub const FUNCTIONS: [Function; 7] = [
    Function {
        name: "single sin",
        ours: |x, _| math::single::sin(x as f32).into(),
        platform: |x, _| (x as f32).sin().into(),
        is_single: true,
        arguments: 1,
    },
    Function {
        name: "single cos",
        ours: |x, _| math::single::cos(x as f32).into(),
        platform: |x, _| (x as f32).cos().into(),
        is_single: true,
        arguments: 1,
    },
    Function {
        name: "single pow",
        ours: |x, y| math::single::pow(x as f32, y as f32).into(),
        platform: |x, y| (x as f32).powf(y as f32).into(),
        is_single: true,
        arguments: 2,
    },
    Function {
        name: "double exp",
        ours: |x, _| math::double::exp(x),
        platform: |x, _| x.exp(),
        is_single: false,
        arguments: 1,
    },
    Function {
        name: "double ln",
        ours: |x, _| math::double::ln(x),
        platform: |x, _| x.ln(),
        is_single: false,
        arguments: 1,
    },
    Function {
        name: "double pow",
        ours: math::double::pow,
        platform: f64::powf,
        is_single: false,
        arguments: 2,
    },
    Function {
        name: "double tan",
        ours: |x, _| math::double::tan(x),
        // Ours is defined only within its domain.
        platform: |x, _| if x.abs() > math::double::LARGEST_ANGLE { f64::NAN } else { x.tan() },
        is_single: false,
        arguments: 1,
    },
];

/// The same bits, or both NaN.
pub fn is_same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

/// Reproducible random numbers (xorshift64*, S. Vigna 2016).
pub struct Random(pub u64);

impl Random {
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Uniformly distributed in `low`…`high`.
    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Any bits.
    pub fn any(&mut self, is_single: bool) -> f64 {
        if is_single { f64::from(f32::from_bits(self.bits() as u32)) } else { f64::from_bits(self.bits()) }
    }

    /// A pair of arguments for a function: a third of them any bits, the others in the range that the engine
    /// uses.
    pub fn arguments(&mut self, function: &Function) -> (f64, f64) {
        let (x, y) = match (self.bits() % 3, function.name) {
            (0, _) => (self.any(function.is_single), self.any(function.is_single)),
            (_, "single sin" | "single cos") => (self.within(-200.0, 200.0), 0.0),
            (1, "single pow") => (self.within(0.0, 2.0), self.within(0.01, 1.0)),
            (_, "single pow" | "double pow") => (self.within(0.0, 20.0), self.within(-100.0, 100.0)),
            (1, "double exp") => (self.within(-4.0, 4.0), 0.0),
            (_, "double exp") => (self.within(-760.0, 720.0), 0.0),
            (1, "double ln") => (self.within(0.85, 3.0), 0.0),
            (_, "double ln") => (self.within(0.0, 1.0) * 10_f64.powi((self.bits() % 600) as i32 - 300), 0.0),
            (1, _) => (self.within(-1.6, 1.6), 0.0),
            _ => (self.within(-25.0, 25.0), 0.0),
        };
        if function.is_single { (f64::from(x as f32), f64::from(y as f32)) } else { (x, y) }
    }
}

/// Zeros, ones, limits of ranges, infinity and NaN, each with both signs.
pub fn edges(is_single: bool) -> Vec<f64> {
    let of_type = if is_single {
        [
            f32::MIN_POSITIVE.into(),
            f32::from_bits(1).into(),
            f32::MAX.into(),
            f32::EPSILON.into(),
            16_777_217.0,
        ]
    } else {
        [f64::MIN_POSITIVE, f64::from_bits(1), f64::MAX, f64::EPSILON, 9_007_199_254_740_993.0]
    };
    let numbers = [0.0, 0.5, 0.75, 0.9375, 1.0, 1.5, 2.0, 3.0, 16.0, 120.0, 127.0, 128.0, 149.0, 150.0];
    let more = [708.0, 745.0, 746.0, 1e9, 1e19, 1e-20, f64::INFINITY, f64::NAN, 25.0, 24.999];
    let angles = (1..16).map(|quarter| f64::from(quarter) * core::f64::consts::FRAC_PI_4);
    let all = numbers.into_iter().chain(more).chain(of_type).chain(angles);
    all.flat_map(|x| [x, -x]).map(|x| if is_single { f64::from(x as f32) } else { x }).collect()
}

/// The stored values: function, arguments, result.
pub fn golden() -> impl Iterator<Item = (&'static Function, f64, f64, f64)> {
    include_str!("../golden.csv").lines().skip(1).map(|line| {
        let mut fields = line.split(',');
        let name = fields.next().unwrap_or_default();
        let function = FUNCTIONS.iter().find(|function| function.name == name).expect("a known function");
        let mut number = || u64::from_str_radix(fields.next().expect("four columns"), 16).expect("bits");
        let [x, y, result] = [number(), number(), number()].map(f64::from_bits);
        (function, x, y, result)
    })
}
