//! Made-up codes: tokens, PINs and request IDs. They are derived from the seed; a simulator has no secrets.

use crate::catalogue::random::Random;

/// Letters and digits that are not easily confused.
const READABLE: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Returns `length` hexadecimal characters.
pub(crate) fn hex(random: &mut Random, length: usize) -> String {
    let mut text = String::with_capacity(length + 16);
    while text.len() < length {
        text.push_str(&format!("{:016x}", random.next()));
    }
    text.truncate(length);
    text
}

/// Returns a version 4 UUID, as used in `x-request-id`.
pub(crate) fn uuid(random: &mut Random) -> String {
    let hex = hex(random, 32);
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

/// Returns `length` characters for users to type.
pub(crate) fn readable(random: &mut Random, length: usize) -> String {
    (0..length).map(|_| char::from(random.pick(READABLE))).collect()
}
