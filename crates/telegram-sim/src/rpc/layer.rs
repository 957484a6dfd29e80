//! Older layers: what we emit is layer 230, and only two types we use differ further down.
//!
//! Layer 229 added `linked_community_id` to `user` and to `channel`, an optional field that the simulator never
//! sets. So an older client needs nothing but the older constructor's number in its place.

/// The first layer with the present `user` and `channel`.
const COMMUNITIES_SINCE: i32 = 229;
const USER: (u32, u32) = (0xb1b8_cc83, 0x3177_4388);
const CHANNEL: (u32, u32) = (0xd49f_34c6, 0x1c32_b11c);

/// Puts a serialized answer into the words of the client's layer.
///
/// TL values start at multiples of four bytes. A text cannot hold either number at such a place: neither is part
/// of valid UTF-8. An id could by a chance of one in four thousand million, as nothing in it has a tag.
pub(crate) fn adapt(serialized: &mut [u8], layer: i32) {
    if layer >= COMMUNITIES_SINCE {
        return;
    }
    for word in serialized.as_chunks_mut::<4>().0 {
        for (present, older) in [USER, CHANNEL] {
            if *word == present.to_le_bytes() {
                *word = older.to_le_bytes();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types::{Identifiable, types};

    #[test]
    fn the_numbers_are_those_of_the_present_layer() {
        assert_eq!(types::User::CONSTRUCTOR_ID, USER.0);
        assert_eq!(types::Channel::CONSTRUCTOR_ID, CHANNEL.0);
        assert!(std::str::from_utf8(&USER.0.to_le_bytes()).is_err());
        assert!(std::str::from_utf8(&CHANNEL.0.to_le_bytes()).is_err());
    }

    #[test]
    fn only_older_clients_get_older_numbers() {
        let mut answer = [1u32.to_le_bytes(), USER.0.to_le_bytes(), CHANNEL.0.to_le_bytes()].concat();
        let present = answer.clone();
        adapt(&mut answer, 229);
        assert_eq!(answer, present);
        adapt(&mut answer, 227);
        let older = [1u32.to_le_bytes(), USER.1.to_le_bytes(), CHANNEL.1.to_le_bytes()].concat();
        assert_eq!(answer, older);
    }
}
