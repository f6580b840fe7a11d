//! worklet
