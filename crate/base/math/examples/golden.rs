//! Writes `tests/golden.csv` from the platform's own functions. Run it only on x86-64 Linux with glibc 2.36
//! and without fused multiply-add:
//! `GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA cargo run -p math --example golden > crate/base/math/tests/golden.csv`

#[path = "../tests/all/common.rs"]
mod common;

use common::{FUNCTIONS, Random, edges};

/// Random arguments per function, in addition to the special ones.
const RANDOM_ARGUMENTS: usize = 1000;

fn main() {
    println!("function,x bits,y bits,result bits (all as f64)");
    for function in &FUNCTIONS {
        let mut random = Random(1);
        let special = edges(function.is_single);
        // All pairs of special arguments would make the file too large.
        let special = special.iter().flat_map(|&x| {
            let second: &[f64] =
                if function.arguments == 2 { &[0.0, -1.0, 3.0, 0.5, f64::INFINITY] } else { &[0.0] };
            second.iter().map(move |&y| (x, y))
        });
        let arguments: Vec<_> =
            special.chain((0..RANDOM_ARGUMENTS).map(|_| random.arguments(function))).collect();
        for (x, y) in arguments {
            let result = (function.platform)(x, y);
            println!("{},{:x},{:x},{:x}", function.name, x.to_bits(), y.to_bits(), result.to_bits());
        }
    }
}
