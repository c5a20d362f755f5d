//! `/images/*`: drawn artwork with the `art` feature, a transparent pixel without it.

#[cfg(feature = "art")]
mod drawn;
#[cfg(not(feature = "art"))]
mod pixel;

#[cfg(feature = "art")]
pub(crate) use drawn::Images;
#[cfg(not(feature = "art"))]
pub(crate) use pixel::Images;
