//! Made-up codes: tokens, PINs and request ids. They follow from the seed; a simulator has no secrets.

use crate::catalogue::random::Random;

/// Letters and digits that people do not mix up.
const READABLE: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// `length` hexadecimal characters.
pub(crate) fn hex(random: &mut Random, length: usize) -> String {
    let mut text = String::with_capacity(length + 16);
    while text.len() < length {
        text.push_str(&format!("{:016x}", random.next()));
    }
    text.truncate(length);
    text
}

/// A version 4 UUID, as `x-request-id` holds it.
pub(crate) fn uuid(random: &mut Random) -> String {
    let hex = hex(random, 32);
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

/// `length` characters for people to type.
pub(crate) fn readable(random: &mut Random, length: usize) -> String {
    (0..length).map(|_| char::from(random.pick(READABLE))).collect()
}
