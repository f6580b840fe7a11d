//! Prints the JavaScript side of the protocol; `build.sh` writes it to a file.
#![forbid(unsafe_code)]

fn main() {
    print!("{}", protocol::javascript::module());
}
