//! Words in, sounds out: what the words of a search mean, in English and German, and which known patches fit them.
#![forbid(unsafe_code)]
